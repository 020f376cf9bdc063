package io.github.sparklatent.app.config;

import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;

/** Resolves substitutions with environment variables. The origin of a value is the name of its variable. */
record EnvironmentResolver(Map<String, String> variables) implements ConfigResolver {

    @Override
    public ConfigValue lookup(String path) {
        List<String> names = ConfigUtil.splitPath(path);
        String value = names.size() == 1 ? variables.get(names.get(0)) : null;
        return value == null ? null : ConfigValueFactory.fromAnyRef(value, "environment variable " + path);
    }

    @Override
    public ConfigResolver withFallback(ConfigResolver fallback) {
        return this;
    }
}
