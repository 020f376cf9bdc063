package io.github.sparklatent.app.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Separator and header of CSV files, by their first lines. */
class FirstLinesTest {
    private static FirstLines of(String... lines) {
        return FirstLines.of(String.join("\n", lines), Optional.empty());
    }

    /** A line break is /, a tab is >. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "a,b/1,2/3,4 ! , ! true",
                "a;b/1;2/3;4 ! ; ! true",
                "a>b/1>2/3>4 ! > ! true",
                "a|b/1|2/3|4 ! | ! true",
                "1,2/3,4 ! , ! false",
                // A comma within a quoted text separates nothing.
                "name,x/\"Rome, Italy\",1/\"Paris, France\",2 ! , ! true",
                "name;x/\"a;b\";1/\"c;d\";2 ! ; ! true",
                // Commas in texts, but not as many in each line.
                "name;x/Rome, Italy;1/Oslo;2/Bern, a, b;3 ! ; ! true",
                // Decimal commas are as regular as separators.
                "1,5;2,5;3,5/2,5;3,5;4,5 ! ; ! false",
                // One column.
                "x/1/2 ! , ! true",
                "1/2/3 ! , ! false",
                // Only a header.
                "name,age ! , ! true",
                // A date, a truth, a mark of a missing value in the first line.
                "Ann,2024-01-31/Bob,2024-02-01 ! , ! false",
                "Ann,true/Bob,false ! , ! false",
                "Ann,?/Bob,x ! , ! false",
                // Texts only.
                "name,town/Ann,Rome/Bob,Oslo ! , ! true",
                "Ann,Rome/Bob,Rome/Eve,Oslo ! , ! false",
                // pandas leaves the name of the index empty.
                ",x/0,1/1,2 ! , ! true",
                // Empty cells do not hide the numbers of a column.
                "name,age/Ann,/Bob,NA/Eve,3 ! , ! true",
                // One of ten lines may have another number of fields.
                "a,b/1,2/1,2/1,2/1,2/1,2/1,2/1,2/1,2/1,2/1,2,3 ! , ! true",
            })
    void separatorAndHeader(String text, String separator, boolean header) {
        FirstLines found = of(text.replace('>', '\t').split("/"));
        assertThat(found.separator()).isEqualTo(separator.replace('>', '\t'));
        assertThat(found.header()).as(found.because()).isEqualTo(header);
    }

    @Test
    void aGivenSeparatorIsUsed() {
        FirstLines found = FirstLines.of("a;b,c\n1;2,x\n", Optional.of(","));
        assertThat(found.separator()).isEqualTo(",");
        assertThat(found.numbers()).isEmpty();
        assertThat(FirstLines.of("a||b\n1||2\n", Optional.of("||")).numbers()).hasValue(2);
    }

    @Test
    void quotedLineBreaks() {
        assertThat(of("id,note", "1,\"two\nlines\"", "2,\"one\"").header()).isTrue();
        assertThat(of("id,note", "1,\"two", "2,open").separator()).isEqualTo(",");
    }

    @Test
    void decimalCommas() {
        assertThat(of("x;y", "1,5;2", "2,5;3").comma()).isTrue();
        assertThat(of("x;y", "1,5;2.5", "2,5;3.5").comma()).isFalse();
        assertThat(of("x;y", "1,5 m;2", "2,5 m;3").comma()).isFalse();
        assertThat(of("x,y", "1,5", "2,5").comma()).isFalse();
    }

    @Test
    void numbersAreCountedIfAllColumnsAreNumbers() {
        assertThat(of("a,b,c", "1,2.5,-3e4", ",NA,7").numbers()).isEqualTo(OptionalInt.of(3));
        assertThat(of("a,b", "1,x", "2,3").numbers()).isEmpty();
        assertThat(of("a,b", "1,", "2,").numbers())
                .as("a column without values")
                .isEmpty();
        assertThat(of("a,b").numbers()).as("no rows").isEmpty();
        assertThat(of("a;b", "1,5;2", "2,5;3").numbers()).isEqualTo(OptionalInt.of(2));
    }
}
