package io.github.sparklatent.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tables of {@code families.conf}: rows of three kinds. Their numbers are sums of uniform numbers with few
 * decimals, so they are the same on every machine.
 */
final class FamilyTables {
    static final int ROWS = 90;

    private FamilyTables() {}

    /** Writes all tables into a folder. */
    static void write(Path folder) {
        write(folder, "numbers", "row,kind,shop,w,x,y,z,u,n", random -> numbers(random, false));
        write(folder, "holes", "row,kind,shop,w,x,y,z,u,n", random -> numbers(random, true));
        write(folder, "mixed", "row,kind,w,price,town,visits,open", FamilyTables::mixed);
        write(folder, "pixels", header("p"), random -> cells(random, false));
        write(folder, "bits", header("b"), random -> cells(random, true));
    }

    private static String header(String name) {
        return "row,kind" + IntStream.range(0, 9).mapToObj(j -> "," + name + j).reduce("", String::concat);
    }

    private static void write(Path folder, String name, String header, Function<Sequence, String> line) {
        Stream<String> rows = IntStream.range(0, ROWS).mapToObj(i -> {
            Sequence of = new Sequence(i, new SplittableRandom(31L * i + 7));
            return i + "," + "abc".charAt(of.kind()) + "," + line.apply(of);
        });
        try {
            Files.write(
                    folder.resolve(name + ".csv"),
                    Stream.concat(Stream.of(header), rows).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The random numbers of a row. */
    private record Sequence(int row, SplittableRandom random) {
        int kind() {
            return row % 3;
        }

        /** A number of variance 1/3 around a mean. */
        double around(double mean) {
            return mean
                    + IntStream.range(0, 4)
                            .mapToDouble(i -> random.nextDouble() - 0.5)
                            .sum();
        }

        String text(double value) {
            return String.format(Locale.ROOT, "%.3f", value);
        }

        String missing(int one, String value) {
            return random.nextInt(one) == 0 ? "" : value;
        }
    }

    private static String numbers(Sequence of, boolean holes) {
        double x = of.around(of.kind() == 0 ? 3 : 0);
        double y = of.around(of.kind() == 1 ? 3 : 0) + 0.5 * x;
        double z = of.around(of.kind());
        double u = of.around(0.3 * y - z);
        String shop = of.row() % 15 == 4 ? "small" : of.row() % 2 == 0 ? "north" : "south";
        String[] texts = {of.text(x), of.text(y), of.text(z), of.text(u)};
        for (int j = 0; holes && j < texts.length; j++) {
            texts[j] = of.missing(6, texts[j]);
        }
        int count = of.random().nextInt(2 + 3 * of.kind());
        return "%s,%d,%s,%d".formatted(shop, 1 + of.row() % 2, String.join(",", texts), count);
    }

    private static String mixed(Sequence of) {
        List<String> towns = List.of("Rome", "Oslo", "Bern");
        return "%d,%s,%s,%s,%s"
                .formatted(
                        1 + of.row() % 2,
                        of.missing(8, of.text(of.around(3.0 * of.kind()))),
                        of.missing(8, towns.get((of.kind() + of.random().nextInt(2)) % 3)),
                        of.missing(10, "" + of.random().nextInt(3 + 4 * of.kind())),
                        of.random().nextInt(3) < of.kind());
    }

    private static String cells(Sequence of, boolean binary) {
        return IntStream.range(0, 9)
                .mapToObj(j -> {
                    double share = j % 3 == of.kind() ? 0.8 : 0.2;
                    double cell = 0.6 * share + 0.4 * of.random().nextDouble();
                    return binary ? of.random().nextDouble() < share ? "1" : "0" : of.text(cell);
                })
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
    }
}
