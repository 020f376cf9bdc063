package io.github.sparklatent.learn;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * Writes records as CBOR (RFC 8949), and reads them back with every number exact: the state of a training in a
 * checkpoint, and the {@linkplain #MODEL content of a saved model}.
 *
 * <p>The bytes are an array of the version of the format and the record. A record is a map from the names of its
 * components to their values. An array of numbers is its length followed by {@linkplain NumberPieces pieces} of
 * little-endian bytes, so that a state can be larger than the longest array of bytes. Equal records give equal bytes.
 * {@link #VERSION} changes whenever a component of the record of a state changes.
 *
 * <p>Texts and bytes that occur twice are written twice: Jackson's references to earlier values (STRINGREF) keep every
 * piece in memory until the end, which is another copy of the state.
 */
public final class StateCodec {
    static final int VERSION = 13;

    private static final Form STATE = new Form("saved training state", VERSION);

    /** The form of the content of a saved model. */
    public static final Form MODEL = new Form("content of the model", 1);

    /** Attribute of the reader with the number of bytes that a state has at most. */
    private static final String LIMIT = "limit";

    private static final ObjectMapper MAPPER = CBORMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .addModule(numbers())
            .build();

    /** Writes and reads records as JSON, by their components. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .addModule(new SimpleModule().addSerializer(DMatrixRMaj.class, writer(StateCodec::writeRows)))
            .build();

    private StateCodec() {}

    /** Encodes a training state; see {@link Form#encode}. */
    public static void encode(Object state, OutputStream out) throws IOException {
        STATE.encode(state, out);
    }

    /** Decodes the bytes of {@link #encode(Object, OutputStream)}; see {@link Form#decode}. */
    public static <S> S decode(InputStream bytes, long length, StateType<S> type) {
        return STATE.decode(bytes, length, type.type());
    }

    /**
     * Returns the content of an encoded record as maps, lists, numbers and texts, such as JSON has.
     *
     * @param record see {@link Form#encode}
     */
    public static Map<String, Object> tree(Object record) {
        return JSON.convertValue(record, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /**
     * A kind of encoded records.
     *
     * @param noun name of the record, for messages
     * @param version version of the form, which the bytes begin with
     */
    public record Form(String noun, int version) {
        /** Returns the bytes of {@link #encode(Object, OutputStream)}. */
        public byte[] encode(Object record) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                encode(record, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("the %s cannot be written".formatted(noun), e);
            }
            return bytes.toByteArray();
        }

        /**
         * Encodes a record of any size.
         *
         * @param record made of records, lists, texts, numbers, arrays of floats or doubles, and matrices. Not
         *     modified.
         * @param out receives the bytes. Flushed, not closed.
         */
        public void encode(Object record, OutputStream out) throws IOException {
            try (JsonGenerator generator =
                    MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
                generator.writeStartArray();
                generator.writeNumber(version);
                generator.writePOJO(record);
                generator.writeEndArray();
            }
        }

        /**
         * Decodes the bytes of {@link #encode}.
         *
         * @param bytes the bytes, to their end
         * @param length number of bytes. An array that says that it is longer is refused before there is memory for it.
         * @throws DataException if the bytes are not a record of this type, if bytes are missing or superfluous, or if
         *     the bytes were written in another version of the form
         */
        public <S> S decode(InputStream bytes, long length, Class<S> type) {
            return decode(bytes, length, TypeFactory.defaultInstance().constructType(type));
        }

        /**
         * Adds the values of a record to a digest, but those of one of its components.
         *
         * @param bytes the bytes of {@link #encode}, to their end
         * @throws IOException if they cannot be read
         */
        public void digest(InputStream bytes, String without, MessageDigest digest) throws IOException {
            int depth = 0;
            try (JsonParser in = MAPPER.createParser(bytes)) {
                for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                    if (token == JsonToken.FIELD_NAME
                            && depth == 2
                            && in.currentName().equals(without)) {
                        in.nextToken();
                        in.skipChildren();
                        continue;
                    }
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    digest.update((byte) token.id());
                    if (token == JsonToken.VALUE_EMBEDDED_OBJECT) {
                        digest.update(in.getBinaryValue());
                    } else if (token.isNumeric()) {
                        long bits = token == JsonToken.VALUE_NUMBER_INT
                                ? in.getLongValue()
                                : Double.doubleToLongBits(in.getDoubleValue());
                        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bits));
                    } else if (!token.isStructStart() && !token.isStructEnd()) {
                        digest.update(in.getText().getBytes(StandardCharsets.UTF_8));
                    }
                }
            } catch (JsonProcessingException e) {
                throw new DataException("the %s is damaged: %s".formatted(noun, reason(e)), e);
            }
        }

        private <S> S decode(InputStream bytes, long length, JavaType type) {
            try (JsonParser in = MAPPER.createParser(bytes)) {
                JsonToken first = in.nextToken();
                if (first == null) {
                    throw new JsonEOFException(in, JsonToken.NOT_AVAILABLE, "no value");
                }
                if (first != JsonToken.START_ARRAY || in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                    throw new DataException("the %s has no version, expected one first".formatted(noun));
                }
                if (in.getIntValue() != version) {
                    throw new DataException(
                            "the %s has format %d, expected %d: it was written by another version of this program"
                                    .formatted(noun, in.getIntValue(), version));
                }
                in.nextToken();
                S record = MAPPER.readerFor(type).withAttribute(LIMIT, length).readValue(in);
                if (record == null || in.nextToken() != JsonToken.END_ARRAY || in.nextToken() != null) {
                    throw new DataException(
                            "the %s is damaged: it does not end after %d bytes".formatted(noun, length));
                }
                return record;
            } catch (JsonEOFException e) {
                throw new DataException("the %s ends after %d bytes, expected more".formatted(noun, length), e);
            } catch (IOException | IllegalArgumentException e) {
                throw new DataException("the %s is damaged: %s".formatted(noun, reason(e)), e);
            }
        }
    }

    /** Returns the message of a record's own checks, or else the message of the parser. */
    private static String reason(Exception error) {
        if (error instanceof JsonMappingException && error.getCause() instanceof IllegalArgumentException cause) {
            return cause.getMessage();
        }
        if (error instanceof JsonMappingException && error.getCause() instanceof NullPointerException) {
            return "one of its parts is null";
        }
        return error instanceof JsonProcessingException parsing
                ? parsing.getOriginalMessage().replaceFirst("; `DeserializationFeature.*", "")
                : error.getMessage();
    }

    private static SimpleModule numbers() {
        return new SimpleModule()
                .addSerializer(float[].class, writer(StateCodec::write))
                .addDeserializer(float[].class, reader(StateCodec::floats))
                .addSerializer(double[].class, writer(StateCodec::write))
                .addDeserializer(double[].class, reader(StateCodec::doubles))
                .addSerializer(DMatrixRMaj.class, writer(StateCodec::write))
                .addDeserializer(DMatrixRMaj.class, reader(StateCodec::matrix));
    }

    private static void write(JsonGenerator out, float[] values) throws IOException {
        out.writeStartArray();
        out.writeNumber(values.length);
        NumberPieces.write(values, out::writeBinary);
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, double[] values) throws IOException {
        out.writeStartArray();
        out.writeNumber(values.length);
        NumberPieces.write(values, out::writeBinary);
        out.writeEndArray();
    }

    private static float[] floats(JsonParser in, DeserializationContext context) throws IOException {
        float[] values = NumberPieces.floats(count(in, context, Float.BYTES), () -> piece(in));
        end(in);
        return values;
    }

    private static double[] doubles(JsonParser in, DeserializationContext context) throws IOException {
        double[] values = NumberPieces.doubles(count(in, context, Double.BYTES), () -> piece(in));
        end(in);
        return values;
    }

    /** Reads the length of an array, which is not more than the whole state has room for. */
    private static int count(JsonParser in, DeserializationContext context, int size) throws IOException {
        expect(in.currentToken(), JsonToken.START_ARRAY);
        in.nextToken();
        int count = in.getIntValue();
        long limit = (Long) context.getAttribute(LIMIT) / size;
        Require.that(count >= 0 && count <= limit, "an array has %d numbers, expected 0 to %d", count, limit);
        return count;
    }

    private static byte[] piece(JsonParser in) throws IOException {
        in.nextToken();
        return in.getBinaryValue();
    }

    private static void end(JsonParser in) throws IOException {
        expect(in.nextToken(), JsonToken.END_ARRAY);
    }

    private static void expect(JsonToken found, JsonToken expected) {
        Require.that(found == expected, "an array has %s, expected %s", found, expected);
    }

    private static void write(JsonGenerator out, DMatrixRMaj matrix) throws IOException {
        out.writeStartArray();
        out.writeNumber(matrix.numRows);
        out.writeNumber(matrix.numCols);
        out.writePOJO(matrix.copy().data);
        out.writeEndArray();
    }

    private static void writeRows(JsonGenerator out, DMatrixRMaj matrix) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < matrix.numRows; i++) {
            out.writeArray(matrix.data, i * matrix.numCols, matrix.numCols);
        }
        out.writeEndArray();
    }

    private static DMatrixRMaj matrix(JsonParser in, DeserializationContext context) throws IOException {
        in.nextToken();
        int rows = in.getIntValue();
        in.nextToken();
        int columns = in.getIntValue();
        in.nextToken();
        double[] data = doubles(in, context);
        end(in);
        Require.that(rows >= 0 && columns >= 0, "a matrix is %d x %d, expected no negative size", rows, columns);
        Require.size("elements of a matrix", data.length, (long) rows * columns);
        return DMatrixRMaj.wrap(rows, columns, data);
    }

    @FunctionalInterface
    private interface Writer<T> {
        void write(JsonGenerator out, T value) throws IOException;
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(JsonParser in, DeserializationContext context) throws IOException;
    }

    private static <T> JsonSerializer<T> writer(Writer<T> writer) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                writer.write(out, value);
            }
        };
    }

    private static <T> JsonDeserializer<T> reader(Reader<T> reader) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return reader.read(in, context);
            }
        };
    }
}
