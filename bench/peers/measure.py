"""Prints the microseconds a point of one peer on a quiet series. Arguments: the peer; the folder of the series and packages."""

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


def focus_cpt(series):
    import numpy
    from focus_cpt import focus_offline

    focus_offline(numpy.asarray(series), threshold=float("inf"))


def otava(series):
    from otava.analysis import compute_change_points

    compute_change_points(series)


# Package, what is measured, number of points (fewer if the cost of a point grows too fast with the length).
peers = {
    "river-adwin": ("river", "ADWIN, one point at a time", adwin, 10_000),
    "river-kswin": ("river", "KSWIN, one point at a time", kswin, 10_000),
    "ruptures-pelt": ("ruptures", "Pelt, l2, the whole series once", pelt, 2_000),
    "changepoint-online-focus": ("changepoint-online", "Focus, Gaussian, one point at a time", focus, 10_000),
    "changepoint-online-npfocus": ("changepoint-online", "NPFocus, 3 quantiles, one point at a time", npfocus, 10_000),
    "focus-cpt": ("focus-cpt", "FOCuS, the whole series once", focus_cpt, 10_000),
    "apache-otava": ("apache-otava", "E-divisive, the whole series once", otava, 2_000),
}

name, folder = sys.argv[1:]
package, what, run, points = peers[name]
installed = Path(folder) / package
if not installed.exists():
    print(f"{package}: does not install here")
    sys.exit()
sys.path.insert(0, str(installed))
version = next(
    found.version
    for found in distributions(path=[str(installed)])
    if found.metadata["Name"].replace("_", "-") == package
)
series = array("d", (Path(folder) / "quiet.f64").read_bytes()).tolist()[:points]
run(series[:100])
least = float("inf")
for _ in range(3):
    start = time.perf_counter()
    run(series)
    least = min(least, time.perf_counter() - start)
print(f"{package} {version}, {what}: {1e6 * least / points:.2f} µs a point at {points} points")
