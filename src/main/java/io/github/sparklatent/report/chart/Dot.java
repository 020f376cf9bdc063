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
 * A round marker with its own size (XChart has one size for the whole chart). If there is a label,
 * the marker shows it inside and has a rim.
 */
public final class Dot extends Marker {

    private final double diameter;
    private final String label;

    /**
     * Creates a marker.
     *
     * @param diameter diameter in units of the page
     * @param label text inside the marker, or empty
     */
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

    /**
     * Paints the label as outlines, as all text of the charts, so that the reader's machine needs
     * no font.
     */
    private void paintLabel(Graphics2D graphics, double x, double y) {
        Font font = new Font(Font.SANS_SERIF, Font.BOLD, label.length() < 3 ? 11 : 9);
        GlyphVector glyphs = font.createGlyphVector(new FontRenderContext(null, true, true), label);
        Rectangle2D box = glyphs.getVisualBounds();
        graphics.fill(
                glyphs.getOutline((float) (x - box.getCenterX()), (float) (y - box.getCenterY())));
    }
}
