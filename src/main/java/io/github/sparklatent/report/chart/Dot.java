package io.github.sparklatent.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.markers.Marker;

/**
 * A round marker of a size of its own (XChart has one for the whole chart), with a label inside and
 * a rim if asked for.
 */
public final class Dot extends Marker {

    private final double diameter;
    private final String label;

    public Dot(double diameter, String label) {
        this.diameter = diameter;
        this.label = label;
    }

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
        Color colour = graphics.getColor();
        Ellipse2D circle =
                new Ellipse2D.Double(x - diameter / 2, y - diameter / 2, diameter, diameter);
        graphics.fill(circle);
        if (!label.isEmpty()) {
            graphics.setStroke(new BasicStroke(1.5f));
            graphics.setColor(Palette.PAPER);
            graphics.draw(circle);
            graphics.setColor(Palette.textOn(colour));
            paintLabel(graphics, x, y);
        }
    }

    /** As outlines, like all text of the chart, so that it needs no font where the page is read. */
    private void paintLabel(Graphics2D graphics, double x, double y) {
        Font font = new Font(Font.SANS_SERIF, Font.BOLD, label.length() < 3 ? 11 : 9);
        GlyphVector glyphs = font.createGlyphVector(new FontRenderContext(null, true, true), label);
        Rectangle2D box = glyphs.getVisualBounds();
        graphics.fill(
                glyphs.getOutline((float) (x - box.getCenterX()), (float) (y - box.getCenterY())));
    }
}
