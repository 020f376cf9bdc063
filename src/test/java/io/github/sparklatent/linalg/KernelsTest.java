package io.github.sparklatent.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The choice of kernels: this JVM was started with the module, another one is without. */
class KernelsTest {
    @Test
    void theModuleIsUsed() {
        assertThat(Kernels.isVector()).isTrue();
        assertThat(Kernels.description()).matches("vector, (64|128|256|512) bits");
    }

    @Test
    void withoutTheModuleTheBitsAreTheSame() throws IOException, InterruptedException {
        Process plain = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Plain.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(plain.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(plain.waitFor()).as(said).isZero();
        assertThat(said.lines())
                .containsExactly("false", "scalar, without jdk.incubator.vector", Plain.products(), Plain.functions());
    }

    /** Runs in a JVM of its own. */
    static final class Plain {
        private Plain() {}

        public static void main(String[] arguments) {
            System.out.println(Kernels.isVector());
            System.out.println(Kernels.description());
            System.out.println(products());
            System.out.println(functions());
        }

        static String products() {
            float[] numbers = new float[35];
            float[] product = new float[25];
            double[] doubles = new double[35];
            double[] doubleProduct = new double[25];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) Math.sqrt(i);
                doubles[i] = Math.sqrt(i);
            }
            new FloatProducts()
                    .multiply(
                            FloatView.of(numbers, 0, 5, 7),
                            FloatView.of(numbers, 0, 7, 5),
                            FloatView.of(product, 0, 5, 5));
            new DoubleProducts()
                    .multiply(
                            DoubleView.of(doubles, 0, 5, 7),
                            DoubleView.of(doubles, 0, 7, 5),
                            DoubleView.of(doubleProduct, 0, 5, 5));
            return Arrays.hashCode(product) + " " + Arrays.hashCode(doubleProduct);
        }

        static String functions() {
            float[] numbers = new float[100];
            double[] doubles = new double[100];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) Math.sqrt(i);
                doubles[i] = Math.sqrt(i);
            }
            FloatFunctions.softplus(numbers, 0, numbers, 0, numbers.length);
            DoubleFunctions.softplus(doubles, 0, doubles, 0, doubles.length);
            return Arrays.hashCode(numbers) + " " + Arrays.hashCode(doubles);
        }
    }
}
