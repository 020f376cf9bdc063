package io.github.sparklatent.report.mixture;

import java.util.List;

/**
 * Description of a component by the columns that set it apart from all rows, in the words and units
 * of the table.
 *
 * @param component index of the component, from 0
 * @param weight its weight
 * @param traits the columns that set it apart most, the first most, such as "workclass = Private
 *     (72%, of all rows 23%)"
 */
public record Group(int component, double weight, List<String> traits) {
    public Group {
        traits = List.copyOf(traits);
    }
}
