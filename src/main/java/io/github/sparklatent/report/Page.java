package io.github.sparklatent.report;

import io.github.sparklatent.report.chart.Svg;
import java.util.List;

/**
 * What the template shows: a page of sections, each a list of blocks. It holds texts as a person
 * gave them; the template escapes them. Only {@link Figure#svg} is markup, made by {@link Svg}.
 *
 * @param kind what it reports on, in small print above the heading
 * @param title heading of the page
 * @param summary the result in words
 * @param badge state of the result in a word or two
 * @param good whether the badge is good news
 * @param notices what a reader must know before trusting the figures, each a sentence
 * @param tiles the key figures
 * @param sections the rest
 */
public record Page(
        String kind,
        String title,
        String summary,
        String badge,
        boolean good,
        List<String> notices,
        List<Tile> tiles,
        List<Section> sections) {

    /** A key figure: its value, what it is, and a remark that may be empty. */
    public record Tile(String value, String label, String remark) {}

    /** A heading, a text under it that may be empty, and what it holds. */
    public record Section(String id, String title, String text, List<Block> blocks) {}

    /** A part of a section. */
    public sealed interface Block permits Figure, Charts, Pictures, Table, Definitions, Listing {
        /** The name of the template's macro for this block. */
        String kind();

        /** Whether the block takes the page's whole width. */
        boolean wide();
    }

    /** A chart: its caption, the same in words for who cannot see it, and the legend's entries. */
    public record Figure(
            String id,
            String caption,
            String description,
            String svg,
            List<Key> legend,
            boolean wide)
            implements Block {
        @Override
        public String kind() {
            return "figure";
        }
    }

    /** An entry of a legend: a colour of CSS, and what it stands for. */
    public record Key(String colour, String label) {}

    /** Small charts side by side, under one caption and one legend. */
    public record Charts(String id, String caption, List<Chart> charts, List<Key> legend)
            implements Block {
        @Override
        public String kind() {
            return "charts";
        }

        @Override
        public boolean wide() {
            return true;
        }
    }

    /** One of them: its heading, the same in words, and the chart. */
    public record Chart(String title, String description, String svg) {}

    /**
     * Small images side by side; low and high name the ends of the scale, empty where it says
     * nothing; ink: whether high is black, not white; style is a class of the template's style
     * sheet, or empty.
     */
    public record Pictures(
            String id,
            String caption,
            String style,
            List<Picture> pictures,
            String low,
            String high,
            boolean ink)
            implements Block {
        @Override
        public String kind() {
            return "pictures";
        }

        @Override
        public boolean wide() {
            return true;
        }
    }

    /** Images one below the other that belong together, and the label under them. */
    public record Picture(List<Drawing> drawings, String label) {}

    /** One image: a data URI, its size in pixels of the page, and what it shows. */
    public record Drawing(String source, int width, int height, String description) {}

    /**
     * A table; style is a class of the template's style sheet, or empty. The first cell of a row is
     * its heading.
     */
    public record Table(
            String id,
            String caption,
            String style,
            List<String> head,
            List<List<Cell>> rows,
            boolean wide)
            implements Block {
        @Override
        public String kind() {
            return "table";
        }
    }

    /** A cell: its text and a background in CSS, which may be empty. */
    public record Cell(String text, String shade) {
        public static Cell of(String text) {
            return new Cell(text, "");
        }
    }

    /** Names and their values. */
    public record Definitions(List<Definition> entries) implements Block {
        @Override
        public String kind() {
            return "definitions";
        }

        @Override
        public boolean wide() {
            return true;
        }
    }

    /** A name and its value. */
    public record Definition(String name, String value) {}

    /** Text shown as it is, under a caption. */
    public record Listing(String caption, String text) implements Block {
        @Override
        public String kind() {
            return "listing";
        }

        @Override
        public boolean wide() {
            return true;
        }
    }
}
