package io.github.sparklatent.scoring;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Keeps the values that were used last, up to a number of bytes. A value that was removed is computed again when it is
 * next used. Safe for several threads; two of them may compute the same value.
 */
public final class SizedCache<K, V> {
    private static final float LOAD_FACTOR = 0.75F;

    private final long mostBytes;
    private final ToLongFunction<V> size;
    private final Map<K, V> values = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    private long bytes;

    /**
     * Creates an empty cache.
     *
     * @param mostBytes greatest number of bytes of all values; a value that is larger by itself is kept until the next
     *     one
     * @param size returns the number of bytes of a value, the same at each call
     */
    public SizedCache(long mostBytes, ToLongFunction<V> size) {
        this.mostBytes = mostBytes;
        this.size = size;
    }

    /** Returns the value of a key, which is computed unless it is kept. */
    public V get(K key, Function<K, V> compute) {
        synchronized (values) {
            V kept = values.get(key);
            if (kept != null) {
                return kept;
            }
        }
        V value = compute.apply(key); // tasks of other groups do not wait for it
        synchronized (values) {
            V before = values.put(key, value);
            bytes += size.applyAsLong(value) - (before == null ? 0 : size.applyAsLong(before));
            Iterator<V> oldest = values.values().iterator();
            while (bytes > mostBytes && values.size() > 1) {
                bytes -= size.applyAsLong(oldest.next());
                oldest.remove();
            }
        }
        return value;
    }
}
