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

/** A text that hangs down from its point, to be read from below, right of a line there. */
public final class Tag extends Marker {

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    /** Between the line and the text, in units of the page. */
    private static final double GAP = 4;

    /** Keeps curves off the letters. */
    private static final BasicStroke HALO =
            new BasicStroke(4, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    private final String text;

    public Tag(String text) {
        this.text = text;
    }

    /** What the longest of these texts takes downwards, in units of the page. */
    public static double length(List<String> texts) {
        return texts.stream()
                .mapToDouble(text -> GAP + glyphs(text).getLogicalBounds().getWidth())
                .max()
                .orElse(0);
    }

    private static GlyphVector glyphs(String text) {
        return FONT.createGlyphVector(new FontRenderContext(null, true, true), text);
    }

    /** As outlines, like all text of the chart, so that it needs no font where the page is read. */
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
