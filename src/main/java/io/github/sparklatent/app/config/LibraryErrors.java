package io.github.sparklatent.app.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.value.Found;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the HOCON library throws, in this project's form. */
final class LibraryErrors {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

    private LibraryErrors() {}

    /**
     * @param source the place of what the library places nowhere
     */
    static ConfigurationException translate(ConfigException error, String source) {
        ConfigOrigin origin = error.origin();
        String message = Found.oneLine(error.getMessage());
        if (origin != null && message.startsWith(origin.description() + ": ")) {
            message = message.substring(origin.description().length() + 2);
        }
        String sentence = sentence(error, message);
        return new ConfigurationException(
                List.of(
                        origin == null
                                ? new Problem(source, 0, sentence)
                                : Problem.at(origin, sentence)));
    }

    private static String sentence(ConfigException error, String message) {
        if (error instanceof ConfigException.UnresolvedSubstitution) {
            Matcher substitution = SUBSTITUTION.matcher(message);
            if (substitution.find()) {
                String name = substitution.group(1);
                return "${"
                        + name
                        + "} has no value: neither a key nor an environment variable has this name"
                        + " (${?"
                        + name
                        + "} may be without)";
            }
        }
        if (error instanceof ConfigException.WrongType) {
            return "is no configuration: must be sections and keys";
        }
        if (error instanceof ConfigException.Parse) {
            // The library's advice goes on for two lines and repeats the message.
            int advice = message.indexOf(" (if you ");
            return "not HOCON: "
                    + (advice < 0
                            ? message
                            : message.substring(0, advice)
                                    + " (a text with any of $ { } [ ] : = , + # ` ^ ? ! @ * & \\"
                                    + " needs double quotes)");
        }
        return message;
    }
}
