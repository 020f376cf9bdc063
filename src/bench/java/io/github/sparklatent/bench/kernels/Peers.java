package io.github.sparklatent.bench.kernels;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import io.github.sparklatent.learn.Require;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The systems that products are compared with. MLlib uses one of three implementations of BLAS, through netlib: a
 * native library if there is one, {@code jdk.incubator.vector}, or plain Java.
 */
final class Peers {
    static final String OURS = "spark-latent";
    static final String OPENBLAS = "openblas";
    static final String VECTORBLAS = "vectorblas";
    static final String JAVABLAS = "javablas";
    static final String EJML = "ejml";

    /** The systems in the order of the tables, this project first. */
    static final List<String> ALL = List.of(OURS, OPENBLAS, VECTORBLAS, JAVABLAS, EJML);

    private static final List<String> FOLDERS =
            List.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib");

    private Peers() {}

    /** Returns one of OPENBLAS, VECTORBLAS and JAVABLAS. */
    static BLAS blas(String system) {
        return switch (system) {
            case OPENBLAS -> NativeBLAS.getInstance();
            case VECTORBLAS -> instance("VectorBLAS");
            case JAVABLAS -> instance("Java11BLAS");
            default -> throw new IllegalArgumentException(system + " is not a BLAS");
        };
    }

    /** Uses reflection, because {@code JavaBLAS.getInstance()} returns only the fastest of these. */
    private static BLAS instance(String name) {
        try {
            Method method =
                    Class.forName(BLAS.class.getPackageName() + "." + name).getDeclaredMethod("getInstance");
            method.setAccessible(true);
            return (BLAS) method.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("netlib's " + name + " does not start", e);
        }
    }

    /**
     * Returns the native library that netlib calls.
     *
     * @throws IllegalArgumentException if it is not OpenBLAS
     */
    static Path openBlas() throws IOException {
        for (String folder : FOLDERS) {
            Path library = Path.of(folder, "libblas.so.3");
            if (Files.exists(library)) {
                Path real = library.toRealPath();
                Require.that(
                        real.toString().contains("openblas"),
                        "%s is %s, expected OpenBLAS; run apt-get install libopenblas0",
                        library,
                        real);
                return real;
            }
        }
        throw new IllegalArgumentException(
                "libblas.so.3 is in none of %s; run apt-get install libopenblas0".formatted(FOLDERS));
    }

    /** Name of a system in tables. */
    static String title(String system) {
        return switch (system) {
            case OPENBLAS -> "OpenBLAS";
            case VECTORBLAS -> "VectorBLAS";
            case JAVABLAS -> "JavaBLAS";
            case EJML -> "EJML";
            default -> system;
        };
    }
}
