package io.github.sparklatent.learn;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ejml.data.DMatrixRMaj;

/**
 * Writes records as CBOR (RFC 8949), and reads them back with every number exact: the state of a
 * training in a checkpoint.
 *
 * <p>The bytes are an array of the version of the format and the record. A record is a map from the
 * names of its components to their values; arrays of numbers and the elements of matrices are
 * little-endian byte strings. Equal records give equal bytes. {@link #VERSION} changes whenever a
 * component of a saved record changes.
 */
public final class StateCodec {
    static final int VERSION = 6;

    private static final ObjectMapper MAPPER =
            CBORMapper.builder(
                            CBORFactory.builder().enable(CBORGenerator.Feature.STRINGREF).build())
                    .visibility(PropertyAccessor.ALL, Visibility.NONE)
                    .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                    .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .addModule(numbers())
                    .build();

    private StateCodec() {}

    /**
     * Encodes a record.
     *
     * @param state state made of records, lists, texts, numbers, arrays of floats or doubles, and
     *     matrices. Not modified.
     */
    public static byte[] encode(Object state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = MAPPER.createGenerator(bytes)) {
            out.writeStartArray();
            out.writeNumber(VERSION);
            out.writePOJO(state);
            out.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a training state cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Decodes the bytes of {@link #encode}.
     *
     * @throws DataException if the bytes are not a state of this type, if bytes are missing or
     *     superfluous, or if the bytes were written in another version of the format
     */
    public static <S> S decode(byte[] bytes, Class<S> type) {
        try (JsonParser in = MAPPER.createParser(bytes)) {
            JsonToken first = in.nextToken();
            if (first == null) {
                throw new JsonEOFException(in, JsonToken.NOT_AVAILABLE, "no value");
            }
            if (first != JsonToken.START_ARRAY || in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new DataException(
                        "the saved training state has no version, expected one first");
            }
            if (in.getIntValue() != VERSION) {
                throw new DataException(
                        "the saved training state has format %d, expected %d: it was written by another version of this program"
                                .formatted(in.getIntValue(), VERSION));
            }
            in.nextToken();
            S state = MAPPER.readValue(in, type);
            if (state == null || in.nextToken() != JsonToken.END_ARRAY || in.nextToken() != null) {
                throw new DataException(
                        "the saved training state is damaged: it does not end after %d bytes"
                                .formatted(bytes.length));
            }
            return state;
        } catch (JsonEOFException e) {
            throw new DataException(
                    "the saved training state ends after %d bytes, expected more"
                            .formatted(bytes.length),
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new DataException("the saved training state is damaged: " + reason(e), e);
        }
    }

    /** Returns the message of a record's own checks, or else the message of the parser. */
    private static String reason(Exception error) {
        if (error instanceof JsonMappingException
                && error.getCause() instanceof IllegalArgumentException cause) {
            return cause.getMessage();
        }
        return error instanceof JsonProcessingException parsing
                ? parsing.getOriginalMessage()
                : error.getMessage();
    }

    private static SimpleModule numbers() {
        return new SimpleModule()
                .addSerializer(
                        float[].class, writer((out, values) -> out.writeBinary(pack(values))))
                .addDeserializer(float[].class, reader(in -> floats(in.getBinaryValue())))
                .addSerializer(
                        double[].class, writer((out, values) -> out.writeBinary(pack(values))))
                .addDeserializer(double[].class, reader(in -> doubles(in.getBinaryValue())))
                .addSerializer(DMatrixRMaj.class, writer(StateCodec::write))
                .addDeserializer(DMatrixRMaj.class, reader(StateCodec::matrix));
    }

    private static byte[] pack(float[] values) {
        ByteBuffer bytes = buffer(new byte[Math.multiplyExact(values.length, Float.BYTES)]);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static byte[] pack(double[] values) {
        ByteBuffer bytes = buffer(new byte[Math.multiplyExact(values.length, Double.BYTES)]);
        bytes.asDoubleBuffer().put(values);
        return bytes.array();
    }

    private static float[] floats(byte[] bytes) {
        requireWhole(bytes, Float.BYTES);
        float[] values = new float[bytes.length / Float.BYTES];
        buffer(bytes).asFloatBuffer().get(values);
        return values;
    }

    private static double[] doubles(byte[] bytes) {
        requireWhole(bytes, Double.BYTES);
        double[] values = new double[bytes.length / Double.BYTES];
        buffer(bytes).asDoubleBuffer().get(values);
        return values;
    }

    private static void requireWhole(byte[] bytes, int each) {
        Require.that(
                bytes.length % each == 0,
                "an array has %d bytes, expected a multiple of %d",
                bytes.length,
                each);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void write(JsonGenerator out, DMatrixRMaj matrix) throws IOException {
        out.writeStartArray();
        out.writeNumber(matrix.numRows);
        out.writeNumber(matrix.numCols);
        out.writePOJO(matrix.copy().data);
        out.writeEndArray();
    }

    private static DMatrixRMaj matrix(JsonParser in) throws IOException {
        in.nextToken();
        int rows = in.getIntValue();
        in.nextToken();
        int columns = in.getIntValue();
        in.nextToken();
        double[] data = doubles(in.getBinaryValue());
        in.nextToken();
        Require.that(
                rows >= 0 && columns >= 0,
                "a matrix is %d x %d, expected no negative size",
                rows,
                columns);
        Require.size("elements of a matrix", data.length, (long) rows * columns);
        return DMatrixRMaj.wrap(rows, columns, data);
    }

    @FunctionalInterface
    private interface Writer<T> {
        void write(JsonGenerator out, T value) throws IOException;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(JsonParser in) throws IOException;
    }

    private static <T> JsonSerializer<T> writer(Writer<T> writer) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider)
                    throws IOException {
                writer.write(out, value);
            }
        };
    }

    private static <T> JsonDeserializer<T> reader(Reader<T> reader) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return reader.read(in);
            }
        };
    }
}
