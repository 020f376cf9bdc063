package io.github.sparklatent.linalg;

/**
 * Chooses, once, the innermost loops of products and elementary functions: on the vector registers
 * through Java's module {@code jdk.incubator.vector} where the JVM was started with it (Spark
 * starts its own so), else on plain numbers. The results are the same to the last bit.
 *
 * <p>Classes that use the module are named here only, as strings: without it they cannot be loaded.
 */
public final class Kernels {
    private static final boolean VECTOR =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private Kernels() {}

    /** Whether the vector registers are used. */
    public static boolean isVector() {
        return VECTOR;
    }

    /** What is used, in words, for the origin of results and the log. */
    public static String description() {
        return VECTOR
                ? "vector, %d bits".formatted(floatTiles().lanes() * Float.SIZE)
                : "scalar: add --add-modules=jdk.incubator.vector";
    }

    static FloatTiles floatTiles() {
        return (FloatTiles) choose("FloatVectorTiles", "FloatScalarTiles");
    }

    static DoubleTiles doubleTiles() {
        return (DoubleTiles) choose("DoubleVectorTiles", "DoubleScalarTiles");
    }

    static FloatStrips floatStrips() {
        return (FloatStrips) choose("FloatVectorStrips", "FloatScalarStrips");
    }

    static DoubleStrips doubleStrips() {
        return (DoubleStrips) choose("DoubleVectorStrips", "DoubleScalarStrips");
    }

    static FloatThinTiles floatThinTiles() {
        return (FloatThinTiles) choose("FloatVectorThinTiles", "FloatScalarThinTiles");
    }

    static DoubleThinTiles doubleThinTiles() {
        return (DoubleThinTiles) choose("DoubleVectorThinTiles", "DoubleScalarThinTiles");
    }

    static FloatJoinedTiles floatJoinedTiles() {
        return (FloatJoinedTiles) choose("FloatVectorJoinedTiles", "FloatScalarJoinedTiles");
    }

    static DoubleJoinedTiles doubleJoinedTiles() {
        return (DoubleJoinedTiles) choose("DoubleVectorJoinedTiles", "DoubleScalarJoinedTiles");
    }

    static FloatStreams floatStreams() {
        return (FloatStreams) choose("FloatVectorStreams", "FloatScalarStreams");
    }

    static DoubleStreams doubleStreams() {
        return (DoubleStreams) choose("DoubleVectorStreams", "DoubleScalarStreams");
    }

    static FloatShallowTiles floatShallowTiles() {
        return (FloatShallowTiles) choose("FloatVectorShallowTiles", "FloatScalarShallowTiles");
    }

    static DoubleShallowTiles doubleShallowTiles() {
        return (DoubleShallowTiles) choose("DoubleVectorShallowTiles", "DoubleScalarShallowTiles");
    }

    static FloatTransposition floatTransposition() {
        return (FloatTransposition) choose("FloatVectorTransposition", "FloatScalarTransposition");
    }

    static DoubleTransposition doubleTransposition() {
        return (DoubleTransposition)
                choose("DoubleVectorTransposition", "DoubleScalarTransposition");
    }

    static FloatElementary floatFunctions() {
        return (FloatElementary) choose("FloatVectorFunctions", "FloatScalarFunctions");
    }

    static DoubleElementary doubleFunctions() {
        return (DoubleElementary) choose("DoubleVectorFunctions", "DoubleScalarFunctions");
    }

    static MonomialPanels monomialPanels() {
        return (MonomialPanels) choose("VectorMonomialPanels", "ScalarMonomialPanels");
    }

    static FloatSweeps floatSweeps() {
        return (FloatSweeps) choose("FloatVectorSweeps", "FloatScalarSweeps");
    }

    static DoubleSweeps doubleSweeps() {
        return (DoubleSweeps) choose("DoubleVectorSweeps", "DoubleScalarSweeps");
    }

    static ColumnFolds columnFolds() {
        return (ColumnFolds) choose("VectorColumnFolds", "ScalarColumnFolds");
    }

    private static Object choose(String vector, String scalar) {
        String name = Kernels.class.getPackageName() + "." + (VECTOR ? vector : scalar);
        try {
            return Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("kernel " + name + " does not start", e);
        }
    }
}
