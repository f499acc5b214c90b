"""Prints the version of a peer and the seconds of processor time that it takes on a series. Arguments: the peer; its folder; the file of the series."""

import sys
import time
from array import array
from importlib.metadata import distributions
from pathlib import Path


def adwin(series):
    from river.drift import ADWIN

    detector = ADWIN()
    for value in series:
        detector.update(value)


def page_hinkley(series):
    from river.drift import PageHinkley

    detector = PageHinkley()
    for value in series:
        detector.update(value)


def kswin(series):
    from river.drift import KSWIN

    detector = KSWIN(seed=1)
    for value in series:
        detector.update(value)


def pelt(series):
    import numpy
    import ruptures

    ruptures.Pelt(model="l2").fit(numpy.asarray(series)).predict(pen=20)


def focus(series):
    from changepoint_online import Focus, Gaussian

    detector = Focus(Gaussian())
    for value in series:
        detector.update(value)
        detector.statistic()


def npfocus(series):
    from changepoint_online import NPFocus

    detector = NPFocus([-1.0, 0.0, 1.0])
    for value in series:
        detector.update(value)
        detector.statistic()


def otava(series):
    from otava.analysis import compute_change_points

    compute_change_points(series)


peers = {
    "adwin": ("river", adwin),
    "page-hinkley": ("river", page_hinkley),
    "kswin": ("river", kswin),
    "pelt": ("ruptures", pelt),
    "focus": ("changepoint-online", focus),
    "npfocus": ("changepoint-online", npfocus),
    "otava": ("apache-otava", otava),
}

name, folder, file = sys.argv[1:]
package, run = peers[name]
sys.path.insert(0, folder)
version = next(
    found.version
    for found in distributions(path=[folder])
    if found.metadata["Name"].replace("_", "-") == package
)
series = array("d", Path(file).read_bytes()).tolist()
run(series[:100])
start = time.process_time()
run(series)
print(version, time.process_time() - start)
