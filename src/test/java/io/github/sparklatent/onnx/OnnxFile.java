package io.github.sparklatent.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An ONNX file as the library of Protocol Buffers reads it, which the writer does not use. */
public final class OnnxFile {
    private final UnknownFieldSet model;

    public OnnxFile(byte[] content) {
        try {
            model = UnknownFieldSet.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not in the wire format", e);
        }
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(bytes -> {
                    try {
                        return UnknownFieldSet.parseFrom(bytes);
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError("field " + field + " is no message", e);
                    }
                })
                .toList();
    }

    private static List<String> texts(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
    }

    private static long number(UnknownFieldSet message, int field) {
        List<Long> found = message.getField(field).getVarintList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private UnknownFieldSet graph() {
        List<UnknownFieldSet> graphs = messages(model, 7);
        assertThat(graphs).hasSize(1);
        return graphs.get(0);
    }

    public long format() {
        return number(model, 1);
    }

    /** Returns the version of the operators of each domain. */
    public Map<String, Long> operatorSets() {
        Map<String, Long> sets = new LinkedHashMap<>();
        messages(model, 8).forEach(set -> sets.put(texts(set, 1).get(0), number(set, 2)));
        return sets;
    }

    public Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        messages(model, 14)
                .forEach(entry ->
                        metadata.put(texts(entry, 1).get(0), texts(entry, 2).get(0)));
        return metadata;
    }

    public List<String> inputs() {
        return names(graph(), 11);
    }

    public List<String> outputs() {
        return names(graph(), 12);
    }

    private static List<String> names(UnknownFieldSet graph, int field) {
        return messages(graph, field).stream()
                .map(value -> texts(value, 1).get(0))
                .toList();
    }

    /** Returns the doubles of each constant of doubles, by name. */
    public Map<String, double[]> doubles() {
        Map<String, double[]> found = new LinkedHashMap<>();
        for (UnknownFieldSet tensor : messages(graph(), 5)) {
            if (number(tensor, 2) == ElementType.DOUBLE.number()) {
                ByteBuffer raw = tensor.getField(9)
                        .getLengthDelimitedList()
                        .get(0)
                        .asReadOnlyByteBuffer()
                        .order(ByteOrder.LITTLE_ENDIAN);
                double[] numbers = new double[raw.remaining() / Double.BYTES];
                raw.asDoubleBuffer().get(numbers);
                found.put(texts(tensor, 8).get(0), numbers);
            }
        }
        return found;
    }

    /** Returns the operators in order. */
    public List<String> operators() {
        return messages(graph(), 1).stream().map(node -> texts(node, 4).get(0)).toList();
    }

    /**
     * Requires that the graph is one that ONNX allows: every value has one source, and an operator only uses values
     * before it. Returns the number of operators.
     */
    public int requireSound() {
        List<UnknownFieldSet> tensors = messages(graph(), 5);
        assertThat(tensors).allSatisfy(OnnxFile::requireShape);
        Set<String> constants = new HashSet<>();
        tensors.forEach(
                tensor -> assertThat(constants.add(texts(tensor, 8).get(0))).isTrue());
        Set<String> known = new HashSet<>(constants);
        known.addAll(inputs());
        List<UnknownFieldSet> nodes = messages(graph(), 1);
        for (UnknownFieldSet node : nodes) {
            assertThat(known).containsAll(texts(node, 1));
            texts(node, 2)
                    .forEach(output -> assertThat(known.add(output))
                            .as("a second %s", output)
                            .isTrue());
        }
        assertThat(outputs()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(known).containsAll(outputs());
        return nodes.size();
    }

    private static void requireShape(UnknownFieldSet tensor) {
        long size = 1;
        for (long length : tensor.getField(1).getVarintList()) {
            size *= length;
        }
        long type = number(tensor, 2);
        int bytes = type == ElementType.FLOAT.number() ? Float.BYTES : Double.BYTES;
        assertThat(tensor.getField(9).getLengthDelimitedList().get(0).size()).isEqualTo((int) size * bytes);
    }
}
