package dev.secant.fit.calibration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Files of OpenCV's {@code FileStorage}, as YAML and as XML: names with numbers, texts, lists and matrices. */
final class OpenCvStorage {

    private OpenCvStorage() {}

    /** Reads a file by its extension: {@code .xml}, else YAML. */
    static StoredNode read(Path file) {
        try {
            Map<String, Object> values =
                    file.toString().toLowerCase(Locale.ROOT).endsWith(".xml") ? xml(file) : yaml(file);
            return new StoredNode(file, values);
        } catch (IOException e) {
            throw new CalibrationException("The calibration file (%s) cannot be read.".formatted(file), e);
        } catch (YAMLException | SAXException | ParserConfigurationException | NumberFormatException e) {
            throw new CalibrationException(
                    "The calibration file (%s) is not what OpenCV's FileStorage writes: %s"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** Makes matrices of the tag {@code !!opencv-matrix}, and no type beyond YAML's own. */
    private static final class Matrices extends SafeConstructor {

        private static final Tag MATRIX = new Tag("tag:yaml.org,2002:opencv-matrix");

        Matrices() {
            super(options());
            yamlConstructors.put(MATRIX, new AbstractConstruct() {
                @Override
                public Object construct(org.yaml.snakeyaml.nodes.Node node) {
                    Map<Object, Object> map = constructMapping((MappingNode) node);
                    if (!(map.get("rows") instanceof Integer rows)
                            || !(map.get("cols") instanceof Integer columns)
                            || !(map.get("data") instanceof List<?> data)) {
                        throw new YAMLException("A matrix has rows, cols and data.");
                    }
                    return matrix(
                            rows,
                            columns,
                            data.stream()
                                    .mapToDouble(number -> Double.parseDouble(String.valueOf(number)))
                                    .toArray());
                }
            });
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setTagInspector(Matrices.MATRIX::equals);
        return options;
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        // OpenCV's first line, %YAML:1.0, is not YAML's own directive.
        String text = Files.readString(file, StandardCharsets.UTF_8).replaceFirst("\\A\\uFEFF?%YAML[^\\n]*\\n", "");
        Object document = new Yaml(new Matrices()).load(text);
        Map<String, Object> values = new LinkedHashMap<>();
        if (!(document instanceof Map<?, ?> map)) {
            throw new YAMLException("It has no names.");
        }
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        return values;
    }

    private static Map<String, Object> xml(Path file) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Element element : children(root)) {
            values.put(element.getTagName(), value(element));
        }
        return values;
    }

    private static Object value(Element element) {
        if (element.getAttribute("type_id").equals("opencv-matrix")) {
            return matrix(
                    (int) number(text(element, "rows")),
                    (int) number(text(element, "cols")),
                    words(text(element, "data"))
                            .mapToDouble(OpenCvStorage::number)
                            .toArray());
        }
        List<Element> inner = children(element);
        if (!inner.isEmpty()) {
            return inner.stream().map(OpenCvStorage::value).toList();
        }
        List<String> words = words(element.getTextContent()).toList();
        List<Object> values = new ArrayList<>();
        for (String word : words) {
            values.add(isNumber(word) ? (Object) number(word) : word.replace("\"", ""));
        }
        return values.size() == 1 ? values.get(0) : values;
    }

    private static java.util.stream.Stream<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty());
    }

    private static boolean isNumber(String word) {
        return word.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    }

    private static double number(String word) {
        return Double.parseDouble(word.strip());
    }

    private static String text(Element element, String child) {
        return children(element).stream()
                .filter(candidate -> candidate.getTagName().equals(child))
                .findFirst()
                .map(Node::getTextContent)
                .orElse("");
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    private static double[][] matrix(int rows, int columns, double[] data) {
        if (rows < 1 || columns < 1 || data.length != (long) rows * columns) {
            throw new NumberFormatException(
                    "A matrix of %d x %d has %d numbers.".formatted(rows, columns, data.length));
        }
        double[][] matrix = new double[rows][];
        for (int row = 0; row < rows; row++) {
            matrix[row] = Arrays.copyOfRange(data, row * columns, (row + 1) * columns);
        }
        return matrix;
    }
}
