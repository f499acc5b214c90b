# Prints the version of cpm and the seconds of processor time that its sequential Mann-Whitney test takes on a series. Argument: the file of the series.
file <- commandArgs(trailingOnly = TRUE)[1]
series <- readBin(file, "double", n = 1e6)
if (!requireNamespace("cpm", quietly = TRUE)) stop("cpm is not installed")
# ARL0 is the largest that it has thresholds for: nothing is found, so the series is read to its end.
time <- system.time(found <- cpm::detectChangePoint(series, "Mann-Whitney", ARL0 = 50000))
if (found$changeDetected) stop("cpm finds a change: choose another seed")
cat(sprintf("%s %.6f", packageVersion("cpm"), time[["user.self"]] + time[["sys.self"]]))
