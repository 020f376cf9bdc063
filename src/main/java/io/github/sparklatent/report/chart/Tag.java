package io.github.sparklatent.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.util.List;
import org.knowm.xchart.style.markers.Marker;

/** A text that runs downwards from its point, to the right of a vertical line there. */
public final class Tag extends Marker {

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    /** The distance between the line and the text, in units of the page. */
    private static final double GAP = 4;

    /** The stroke around the letters that keeps curves away from them. */
    private static final BasicStroke HALO =
            new BasicStroke(4, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    private final String text;

    /** Creates a marker with the given text. */
    public Tag(String text) {
        this.text = text;
    }

    /** Returns the vertical space that the longest of the texts takes, in units of the page. */
    public static double length(List<String> texts) {
        return texts.stream()
                .mapToDouble(text -> GAP + glyphs(text).getLogicalBounds().getWidth())
                .max()
                .orElse(0);
    }

    private static GlyphVector glyphs(String text) {
        return FONT.createGlyphVector(new FontRenderContext(null, true, true), text);
    }

    /**
     * Paints the text as outlines, as all text of the charts, so that the reader's machine needs no
     * font.
     */
    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
        AffineTransform turn = AffineTransform.getTranslateInstance(x + GAP, y + GAP);
        turn.rotate(Math.PI / 2);
        Shape letters = turn.createTransformedShape(glyphs(text).getOutline());
        Color ink = graphics.getColor();
        graphics.setColor(Palette.PAPER);
        graphics.setStroke(HALO);
        graphics.draw(letters);
        graphics.setColor(ink);
        graphics.fill(letters);
    }
}
