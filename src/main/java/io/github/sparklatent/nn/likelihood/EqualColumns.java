package io.github.sparklatent.nn.likelihood;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** A likelihood whose columns have the same distribution. The first outputs are one for each column. */
interface EqualColumns extends Likelihood {
    /** Returns the values that each column may have. */
    Support support();

    /** Returns the name of the distribution in messages. */
    default String name() {
        return toString();
    }

    @Override
    default int outputs() {
        return width();
    }

    @Override
    default void start(double[] centres, float[] outputs, int at) {
        for (int j = 0; j < width(); j++) {
            outputs[at + j] = (float) support().start(centres[j]);
        }
    }

    @Override
    default List<Integer> counts() {
        return columnsIf(Support.COUNTS);
    }

    @Override
    default List<Integer> numbers() {
        return columnsIf(Support.NUMBERS);
    }

    private List<Integer> columnsIf(Support support) {
        int columns = support() == support ? width() : 0;
        return IntStream.range(0, columns).boxed().toList();
    }

    @Override
    default String flaw(double[] row, IntUnaryOperator place) {
        return support().flaw(row, width(), place, name());
    }

    @Override
    default double nearest(double number) {
        return support().nearest(number);
    }
}
