package io.github.sparklatent;

import java.io.IOException;
import java.lang.reflect.Constructor;
import org.apache.hadoop.fs.FSError;

/** The error with which Hadoop's local file system reports a full disk. */
public final class FullDisk {
    private FullDisk() {}

    /** Returns the error, which only Hadoop can construct otherwise. */
    public static FSError error() {
        try {
            Constructor<FSError> constructor = FSError.class.getDeclaredConstructor(Throwable.class);
            constructor.setAccessible(true);
            return constructor.newInstance(new IOException("No space left on device"));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
