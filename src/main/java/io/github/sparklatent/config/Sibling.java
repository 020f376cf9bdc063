package io.github.sparklatent.config;

/** Derives and compares paths without their trailing slashes. */
public final class Sibling {
    private Sibling() {}

    /** Returns the path with a suffix: {@code out/digits/} with {@code -scores} becomes {@code out/digits-scores}. */
    public static String of(String path, String suffix) {
        return withoutSlash(path) + suffix;
    }

    /** Returns whether two paths are the same. */
    public static boolean same(String left, String right) {
        return withoutSlash(left).equals(withoutSlash(right));
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? withoutSlash(path.substring(0, path.length() - 1)) : path;
    }
}
