package io.github.sparklatent.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A page of the documentation. */
final class Page {
    static final Path SITE = Path.of("src/site/markdown");

    private static final Pattern HTML_TARGET = Pattern.compile("(?:src|href)=\"([^\"]*)\"");
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    private final Path path;
    private final String text;
    private final Node document;

    private Page(Path path) {
        this.path = path;
        try {
            this.text = Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.document = PARSER.parse(text);
    }

    static Page of(Path path) {
        return new Page(path);
    }

    /** The README, CONTRIBUTING.md and all pages of the site. */
    static List<Page> all() {
        return Stream.concat(
                        Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")),
                        ofSite().stream().map(Page::path))
                .map(Page::new)
                .toList();
    }

    static List<Page> ofSite() {
        try (Stream<Path> files = Files.walk(SITE)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Page::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    String text() {
        return text;
    }

    /** Targets of links and images, as they are written. */
    List<String> targets() {
        return collect((node, found) -> {
            if (node instanceof Link link) {
                found.add(link.getDestination());
            } else if (node instanceof Image image) {
                found.add(image.getDestination());
            } else if (node instanceof HtmlBlock block) {
                htmlTargets(block.getLiteral(), found);
            } else if (node instanceof HtmlInline inline) {
                htmlTargets(inline.getLiteral(), found);
            }
        });
    }

    private static void htmlTargets(String html, List<String> found) {
        Matcher matcher = HTML_TARGET.matcher(html);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
    }

    /** Headings as a reader sees them. */
    List<String> headings() {
        return collect((node, found) -> {
            if (node instanceof Heading) {
                found.add(plain(node));
            }
        });
    }

    /** Words in code font. */
    List<String> code() {
        return collect((node, found) -> {
            if (node instanceof Code code) {
                found.add(code.getLiteral());
            }
        });
    }

    /** Lines of code blocks of a language; empty for blocks without one. */
    List<String> lines(String language) {
        return blocks(language).stream().flatMap(String::lines).toList();
    }

    /** Code blocks of a language; empty for blocks without one. */
    List<String> blocks(String language) {
        return collect((node, found) -> {
            if (node instanceof FencedCodeBlock block && block.getInfo().equals(language)) {
                found.add(block.getLiteral());
            }
        });
    }

    /** The first cell of each row of all tables, without their heads. */
    List<String> firstCells() {
        return collect((node, found) -> {
            if (node instanceof TableBody) {
                for (Node row = node.getFirstChild(); row != null; row = row.getNext()) {
                    found.add(plain(row.getFirstChild()));
                }
            }
        });
    }

    /** The anchor that a forge gives to a heading. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String plain(Node node) {
        return String.join("", collect(node, (inner, found) -> {
            if (inner instanceof Text words) {
                found.add(words.getLiteral());
            } else if (inner instanceof Code code) {
                found.add(code.getLiteral());
            }
        }));
    }

    private List<String> collect(Collector collector) {
        return collect(document, collector);
    }

    private static List<String> collect(Node from, Collector collector) {
        List<String> found = new ArrayList<>();
        from.accept(new AbstractVisitor() {
            @Override
            protected void visitChildren(Node parent) {
                for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
                    collector.look(node, found);
                    node.accept(this);
                }
            }
        });
        return found;
    }

    /** Adds what a node has to say. */
    private interface Collector {
        void look(Node node, List<String> found);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
