package io.github.sparklatent.app.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import io.github.sparklatent.config.ConfigurationException;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.value.Found;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates exceptions of the HOCON library. */
final class LibraryErrors {
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

    private LibraryErrors() {}

    /**
     * Returns the exception as a configuration error.
     *
     * @param source the place to report if the library names none
     */
    static ConfigurationException translate(ConfigException error, String source) {
        ConfigOrigin origin = error.origin();
        String message = Found.oneLine(error.getMessage());
        if (origin != null && message.startsWith(origin.description() + ": ")) {
            message = message.substring(origin.description().length() + 2);
        }
        String sentence = sentence(error, message);
        return new ConfigurationException(
                List.of(origin == null ? new Problem(source, 0, sentence) : Problem.at(origin, sentence)));
    }

    private static String sentence(ConfigException error, String message) {
        if (error instanceof ConfigException.UnresolvedSubstitution) {
            Matcher substitution = SUBSTITUTION.matcher(message);
            if (substitution.find()) {
                String name = substitution.group(1);
                return "${"
                        + name
                        + "} has no value: neither a key nor an environment variable has this name"
                        + " (write ${?"
                        + name
                        + "} if it is optional)";
            }
        }
        if (error instanceof ConfigException.WrongType) {
            return "is not a configuration, expected sections and keys";
        }
        if (error instanceof ConfigException.Parse) {
            // The library adds two lines of advice that repeat the message.
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
