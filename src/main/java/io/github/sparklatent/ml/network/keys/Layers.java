package io.github.sparklatent.ml.network.keys;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.config.value.Fields;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ParamForm;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.nn.LayerSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The value type of a list of hidden layers. A single layer may be written without a list. */
public class Layers implements ValueType<List<LayerSpec>> {
    /** Predicate for layers of which a convolution follows a dense layer. */
    public static final String DENSE_FIRST = "has a convolution after a dense layer: must be before it";

    private static final ValueType<Integer> COUNT = ValueTypes.integer(1, Integer.MAX_VALUE);
    private static final String CONVOLUTION = "a convolution";

    private final int least;
    private final boolean images;

    /** Creates the type of any layers. */
    public Layers() {
        this(0, true);
    }

    /**
     * Creates a type of layers.
     *
     * @param least least number of layers
     * @param images whether the input may be an image, so that layers may be convolutions
     */
    Layers(int least, boolean images) {
        this.least = least;
        this.images = images;
    }

    /** The type of lists of one layer or more. */
    public static final class Some extends Layers {
        /** Creates the type. */
        public Some() {
            super(1, true);
        }
    }

    /** Layers whose input is not an image. */
    public static final class Dense extends Layers {
        /** Creates the type. */
        public Dense() {
            super(0, false);
        }
    }

    /**
     * Returns whether a dense layer is between an image and a convolution.
     *
     * @param inward whether the layers lead away from the row; else they lead to it
     */
    public static boolean mixed(List<LayerSpec> layers, boolean inward) {
        for (int i = 1; i < layers.size(); i++) {
            LayerSpec outer = layers.get(inward ? i : i - 1);
            LayerSpec inner = layers.get(inward ? i - 1 : i);
            if (outer instanceof LayerSpec.Kernel && inner instanceof LayerSpec.Width) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other != null && getClass() == other.getClass();
    }

    @Override
    public int hashCode() {
        return getClass().hashCode();
    }

    @Override
    public ParamForm form() {
        return ParamForm.STRINGS;
    }

    @Override
    public Optional<String> setterType() {
        return Optional.of("java.util.List<" + LayerSpec.class.getCanonicalName() + ">");
    }

    @Override
    public String allowed() {
        return (least > 0 ? "a list, not empty, of" : "a list of")
                + " widths >= 1"
                + (images ? " and of { conv = channels, kernel = size, stride = 1, padding = 0 }" : "");
    }

    @Override
    public List<LayerSpec> read(ConfigValue value) {
        return Found.isList(value)
                ? enough(((ConfigList) value).stream().map(Layers::element).toList())
                : List.of(layer(value));
    }

    private static LayerSpec element(ConfigValue value) {
        try {
            return layer(value);
        } catch (MisfitException e) {
            String message = e.getMessage();
            throw new MisfitException(message.startsWith("is ") ? "has a layer that " + message : message);
        }
    }

    private static LayerSpec layer(ConfigValue value) {
        if (!(value instanceof ConfigObject section)) {
            return new LayerSpec.Width(COUNT.read(value));
        }
        Fields fields = Fields.of(section, CONVOLUTION, List.of("conv", "kernel", "stride", "padding"));
        int kernel = fields.get("kernel", COUNT);
        return new LayerSpec.Kernel(
                fields.get("conv", COUNT),
                kernel,
                fields.get("stride", COUNT, 1),
                fields.get("padding", ValueTypes.integer(0, kernel - 1), 0));
    }

    @Override
    public List<LayerSpec> check(List<LayerSpec> layers) {
        return enough(List.copyOf(layers));
    }

    private List<LayerSpec> enough(List<LayerSpec> layers) {
        if (layers.size() < least) {
            throw MisfitException.of("an empty list", allowed());
        }
        return layers;
    }

    @Override
    public Object plain(List<LayerSpec> layers) {
        return layers.stream().map(Layers::plain).toList();
    }

    private static Object plain(LayerSpec layer) {
        if (layer instanceof LayerSpec.Width dense) {
            return dense.width();
        }
        LayerSpec.Kernel convolution = (LayerSpec.Kernel) layer;
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("conv", convolution.channels());
        section.put("kernel", convolution.kernel());
        section.put("stride", convolution.stride());
        section.put("padding", convolution.padding());
        return section;
    }
}
