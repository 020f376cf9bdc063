package io.github.sparklatent.cluster.reduce;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoSerializable;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * An object to be sent to the executors in a broadcast.
 *
 * <p>A broadcast uses {@code spark.serializer}. If this is Kryo, it can read neither records nor immutable lists, so
 * Java's serialisation writes the object. An executor reads it once for all its tasks. The tasks of a process that is
 * also the driver share the driver's object.
 */
public final class Shipped<T extends Serializable> implements Serializable, KryoSerializable {
    private static final long serialVersionUID = 2L;
    private static final ClassTag<Object> ANY = ClassTag$.MODULE$.apply(Object.class);

    private T value;

    private Shipped(T value) {
        this.value = value;
    }

    /** Wraps an object, which must not change afterwards. */
    public static <T extends Serializable> Shipped<T> of(T value) {
        return new Shipped<>(value);
    }

    /** Returns the object. Not to be modified, because all tasks of a process use it. */
    public T value() {
        return value;
    }

    private void writeObject(ObjectOutputStream out) {
        write(out);
    }

    private void readObject(ObjectInputStream in) {
        read(in);
    }

    @Override
    public void write(Kryo kryo, Output out) {
        write(out);
    }

    @Override
    public void read(Kryo kryo, Input in) {
        read(in);
    }

    private void write(OutputStream out) {
        SerializationStream stream = closures().serializeStream(out);
        stream.writeObject(value, ANY);
        stream.flush();
    }

    @SuppressWarnings("unchecked") // write() has written a T
    private void read(InputStream in) {
        value = (T) closures().deserializeStream(in).readObject(ANY);
    }

    /** Reads with the class loader of the task, which knows the jars that came with the job. */
    private static SerializerInstance closures() {
        return new JavaSerializer(SparkEnv.get().conf()).newInstance();
    }
}
