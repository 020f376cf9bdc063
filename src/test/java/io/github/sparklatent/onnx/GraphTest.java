package io.github.sparklatent.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {
    private static OnnxFile file(Graph graph) {
        return new OnnxFile(graph.model("test", "a test", "1.2", Map.of("key", "wert ü")));
    }

    @Test
    void writesWhatTheLibraryReads() {
        Graph g = new Graph();
        Value x = g.input("x", ElementType.DOUBLE, "rows", 2);
        Value moved = g.add(x, g.constant(new double[] {1.5, -2}, 1, 2));
        g.output("y", g.sum(g.square(moved), 1, false), "rows");
        OnnxFile file = file(g);
        assertThat(file.format()).isEqualTo(8);
        assertThat(file.operatorSets()).containsExactly(Map.entry("", 17L));
        assertThat(file.metadata()).containsExactly(Map.entry("key", "wert ü"));
        assertThat(file.inputs()).containsExactly("x");
        assertThat(file.outputs()).containsExactly("y");
        assertThat(file.operators()).containsExactly("Add", "Mul", "ReduceSum", "Identity");
        assertThat(file.doubles().values()).containsExactly(new double[] {1.5, -2});
        assertThat(file.requireSound()).isEqualTo(4);
    }

    @Test
    void equalConstantsAreWrittenOnce() {
        Graph g = new Graph();
        Value x = g.input("x", ElementType.DOUBLE, "rows");
        g.output("y", g.add(g.add(x, g.scalar(3.0)), g.scalar(3.0)), "rows");
        g.output("z", g.add(x, g.constant(new double[] {3}, 1)), "rows"); // of another shape
        g.scalar(4.0); // is not used
        assertThat(file(g).doubles()).hasSize(2);
    }

    @Test
    void attributesKeepNegativeNumbers() {
        Graph g = new Graph();
        Value x = g.input("x", ElementType.DOUBLE, "rows", 2);
        g.output("y", g.greatestPlace(x), "rows");
        assertThat(file(g).requireSound()).isEqualTo(2); // axis −1 takes ten bytes
    }

    @Test
    void namesOfInputsAreNotUsedForOtherValues() {
        Graph g = new Graph();
        Value x = g.input("v0", ElementType.DOUBLE, "rows"); // names of columns that look like those of other values
        g.output("v1", g.negative(g.negative(x)), "rows");
        file(g).requireSound();
    }
}
