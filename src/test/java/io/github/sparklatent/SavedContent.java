package io.github.sparklatent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The content of a saved stage as a tree of CBOR, in which a test changes something. */
public final class SavedContent {
    private static final ObjectMapper MAPPER = new CBORMapper();

    private SavedContent() {}

    /** Returns the file with the content of a stage. */
    public static Path file(Path stage) {
        return stage.resolve("content.cbor");
    }

    /** Writes other bytes as the content of a stage, as a store without checksums has them. */
    public static void write(Path stage, byte[] bytes) throws IOException {
        delete(stage);
        Files.write(file(stage), bytes);
    }

    /** Deletes the content of a stage. */
    public static void delete(Path stage) throws IOException {
        Files.deleteIfExists(stage.resolve(".content.cbor.crc"));
        Files.deleteIfExists(file(stage));
    }

    /** Returns the array of the version and the content. */
    public static ArrayNode read(Path stage) throws IOException {
        return (ArrayNode) MAPPER.readTree(Files.readAllBytes(file(stage)));
    }

    /** Writes an array of the version and the content. */
    public static void write(Path stage, JsonNode tree) throws IOException {
        write(stage, MAPPER.writeValueAsBytes(tree));
    }

    /** Returns the content of a stage without the record of its fit, which has times and paths. */
    public static JsonNode parameters(Path stage) {
        try {
            ObjectNode content = (ObjectNode) read(stage).get(1);
            content.remove("fit");
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the content of a stage. */
    public static void change(Path stage, Consumer<ObjectNode> change) throws IOException {
        ArrayNode tree = read(stage);
        change.accept((ObjectNode) tree.get(1));
        write(stage, tree);
    }

    /** Returns an array of doubles. */
    public static ArrayNode doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(values);
        return MAPPER.createArrayNode().add(values.length).add(bytes.array());
    }

    /** Returns an array of floats. */
    public static ArrayNode floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return MAPPER.createArrayNode().add(values.length).add(bytes.array());
    }

    /** Returns a matrix. */
    public static ArrayNode matrix(int rows, int columns, double... values) {
        return MAPPER.createArrayNode().add(rows).add(columns).add(doubles(values));
    }
}
