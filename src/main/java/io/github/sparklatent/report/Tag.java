package io.github.sparklatent.report;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import org.knowm.xchart.style.markers.Marker;

/** A text that hangs down from its point, to be read from below, right of a line there. */
final class Tag extends Marker {

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

    /** Between the line and the text, in units of the page. */
    private static final double GAP = 4;

    private final String text;

    Tag(String text) {
        this.text = text;
    }

    /** As outlines, like all text of the chart, so that it needs no font where the page is read. */
    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
        GlyphVector glyphs = FONT.createGlyphVector(new FontRenderContext(null, true, true), text);
        AffineTransform turn = AffineTransform.getTranslateInstance(x + GAP, y + GAP);
        turn.rotate(Math.PI / 2);
        graphics.fill(turn.createTransformedShape(glyphs.getOutline()));
    }
}
