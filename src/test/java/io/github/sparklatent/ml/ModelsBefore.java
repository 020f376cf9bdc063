package io.github.sparklatent.ml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Models that the release before has saved, in {@code families/models-before.zip}: pipelines of an assembler, a model
 * trained as {@code families.conf} says, and a stage of severities.
 */
final class ModelsBefore {
    private ModelsBefore() {}

    /** Writes all models into a folder, each into one of its name. */
    static void unpack(Path folder) throws IOException {
        try (InputStream in = ModelsBefore.class.getResourceAsStream("/families/models-before.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.write(file, zip.readAllBytes());
                }
            }
        }
    }
}
