#!/usr/bin/python3
"""Golden values for StructuralSimilarityTest and FrechetDistanceTest, from numpy and scipy. Run with Debian's
python3-scipy; prints the numbers that stand in the tests:

    /usr/bin/python3 src/test/python/distance_golden.py

ssim is the formula of scikit-image's structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False,
data_range=...), whose filter is scipy's and whose mean leaves out the border that the window does not fit into.
"""
import numpy as np
from scipy.linalg import sqrtm
from scipy.ndimage import gaussian_filter


def ssim(a, b, window=11, data_range=1.0):
    radius = (window - 1) // 2

    def smooth(x):
        return gaussian_filter(x, sigma=1.5, radius=radius)

    ua, ub = smooth(a), smooth(b)
    va, vb = smooth(a * a) - ua * ua, smooth(b * b) - ub * ub
    vab = smooth(a * b) - ua * ub
    c1, c2 = (0.01 * data_range) ** 2, (0.03 * data_range) ** 2
    s = (2 * ua * ub + c1) * (2 * vab + c2) / ((ua**2 + ub**2 + c1) * (va + vb + c2))
    inner = s[radius : s.shape[0] - radius, radius : s.shape[1] - radius]
    return inner.mean()


def image(height, width, seed):
    i, j = np.mgrid[0:height, 0:width]
    return ((i * 37 + j * 61 + (seed + 16) * i * j + 29 * seed) % 101) / 128.0


def waves(height, width):
    i, j = np.mgrid[0:height, 0:width]
    return ((i * 3 + j * 5) % 32) / 32.0


def rows(n, d, seed, scale):
    i, j = np.mgrid[0:n, 0:d]
    return scale * ((i * 37 + j * 61 + (seed + 16) * i * j + 29 * seed) % 101) / 128.0 + seed


def frechet(x, y):
    mx, my = x.mean(0), y.mean(0)
    cx, cy = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    return ((mx - my) ** 2).sum() + np.trace(cx + cy - 2 * sqrtm(cx @ cy).real)


print("ssim 28 x 28, two patterns  ", repr(ssim(image(28, 28, 1), image(28, 28, 2))))
print("ssim 28 x 28, an eighth added", repr(ssim(waves(28, 28), waves(28, 28) * 0.75 + 0.125 * image(28, 28, 3))))
print("ssim 11 x 17                ", repr(ssim(waves(11, 17), 0.5 * waves(11, 17) + 0.5 * image(11, 17, 1))))
print("ssim 8 x 8, window 7        ", repr(ssim(waves(8, 8), 0.5 * waves(8, 8) + 0.5 * image(8, 8, 1), 7)))
print("ssim 13 x 12, range 255     ", repr(ssim(128 * waves(13, 12), 96 * waves(13, 12) + 64 * image(13, 12, 2), 11, 255.0)))
print("frechet, d = 5              ", repr(frechet(rows(90, 5, 1, 1.0), rows(70, 5, 2, 3.0))))
print("frechet, d = 20             ", repr(frechet(rows(300, 20, 1, 1.0), rows(250, 20, 3, 2.0))))
