package io.github.sparklatent.ml.io;

/** Finds the classes of this library and of the jars that a job adds to it. */
public final class JobClassLoader {
    private JobClassLoader() {}

    /**
     * Returns the loader of the thread, which also knows the jars that spark-submit adds, if it finds the classes of
     * this library where they are; else the loader of this library.
     */
    public static ClassLoader get() {
        ClassLoader own = JobClassLoader.class.getClassLoader();
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        for (ClassLoader at = ofThread; at != null; at = at.getParent()) {
            if (at == own) {
                return ofThread;
            }
        }
        return own;
    }
}
