package io.github.sparklatent.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The content of a report page: sections, each with a list of blocks. All texts are plain text, which the template
 * escapes.
 *
 * @param kind subject of the report, in small print above the heading
 * @param title heading of the page
 * @param summary the result in one or two sentences
 * @param badge state of the result in one or two words
 * @param good whether the badge is good news
 * @param notices sentences that a reader must know before trusting the metrics
 * @param tiles the key metrics
 * @param sections the sections with the result, from top to bottom
 * @param technical the sections on the fit and the job, under a heading of their own
 */
public record Page(
        String kind,
        String title,
        String summary,
        String badge,
        boolean good,
        List<String> notices,
        List<Tile> tiles,
        List<Section> sections,
        List<Section> technical) {

    public Page {
        sections = shown(sections);
        technical = shown(technical);
    }

    /** Returns a page without sections. */
    public static Page head(
            String kind,
            String title,
            String summary,
            String badge,
            boolean good,
            List<String> notices,
            List<Tile> tiles) {
        return new Page(kind, title, summary, badge, good, notices, tiles, List.of(), List.of());
    }

    /** Returns the page with more sections about the result, and on the fit and the job. */
    public Page with(List<Section> more, List<Section> moreTechnical) {
        return new Page(
                kind,
                title,
                summary,
                badge,
                good,
                notices,
                tiles,
                Stream.concat(sections.stream(), more.stream()).toList(),
                Stream.concat(technical.stream(), moreTechnical.stream()).toList());
    }

    /** Returns whether the page has charts. Called by report.ftlh alone. */
    public boolean isDrawn() {
        return Stream.concat(sections.stream(), technical.stream())
                .flatMap(section -> section.blocks().stream())
                .anyMatch(block -> block instanceof Chart || block instanceof Charts);
    }

    /** Returns the sections that have blocks. */
    private static List<Section> shown(List<Section> sections) {
        return sections.stream().filter(section -> !section.blocks().isEmpty()).toList();
    }

    /** A key metric: its value, its name, and a remark that may be empty. */
    public record Tile(String value, String label, String remark) {}

    /** A section: its heading, an introduction that may be empty, and its blocks. */
    public record Section(String id, String title, String text, List<Block> blocks) {}

    /** A part of a section. */
    public sealed interface Block permits Chart, Charts, Pictures, Table, Details, Definitions, Listing {
        /** Returns the name of the template's macro for this block: that of its class, in lower case. */
        default String kind() {
            return getClass().getSimpleName().toLowerCase(Locale.ROOT);
        }
    }

    /** Small charts side by side, under one caption. The caption of a chart is its heading. */
    public record Charts(String id, String caption, List<Chart> charts) implements Block {}

    /**
     * Small images side by side. The texts {@code low} and {@code high} label the ends of the scale, and are empty if
     * there is no scale. If {@code ink} is true, high values are black, else white. The style is a class of the
     * template's style sheet, or empty.
     */
    public record Pictures(
            String id, String caption, String style, List<Picture> pictures, String low, String high, boolean ink)
            implements Block {}

    /** A column of images that belong together, and the label under them. */
    public record Picture(List<Drawing> drawings, String label) {}

    /** One image: a data URI, its size in pixels of the page, and a description. */
    public record Drawing(String source, int width, int height, String description) {}

    /**
     * A table. The style is a class of the template's style sheet, or empty. The first cell of a row is the heading of
     * that row.
     */
    public record Table(String id, String caption, String style, List<String> head, List<List<Cell>> rows, boolean wide)
            implements Block {}

    /** Tables that a reader can unfold, under one caption. */
    public record Details(String id, String caption, List<Detail> details) implements Block {}

    /** A table and the line that is shown while it is folded. */
    public record Detail(String title, Table table) {}

    /** A table cell: its text and its CSS background, which may be empty. */
    public record Cell(String text, String shade) {
        /** Returns a cell without a background. */
        public static Cell of(String text) {
            return new Cell(text, "");
        }
    }

    /** A list of names and values. */
    public record Definitions(List<Definition> entries) implements Block {}

    /** A name and its value. */
    public record Definition(String name, String value) {}

    /** Preformatted text under a caption. */
    public record Listing(String caption, String text) implements Block {}
}
