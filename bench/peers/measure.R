# Prints the microseconds a point of cpm's sequential Mann-Whitney test on a quiet series. Argument: the file of the series.
file <- commandArgs(trailingOnly = TRUE)[1]
series <- readBin(file, "double", n = 10000)
if (!requireNamespace("cpm", quietly = TRUE)) {
  cat("cpm: not installed here\n")
  quit()
}
time <- system.time(cpm::detectChangePoint(series, "Mann-Whitney", ARL0 = 50000))[["elapsed"]]
cat(sprintf("cpm %s, Mann-Whitney: %.2f µs a point at %d points\n", packageVersion("cpm"), 1e6 * time / length(series), length(series)))
