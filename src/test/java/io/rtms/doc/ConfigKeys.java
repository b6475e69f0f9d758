package io.rtms.doc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of mapping interfaces, in the order of the sources, with the names that SmallRye Config gives them. */
final class ConfigKeys {
    private final SourceComments comments;
    /** Defaults by key. */
    private final Map<String, String> presets;

    private final List<Group> groups = new ArrayList<>();

    /**
     * Keys that stand together.
     *
     * @param name what their names begin with
     * @param sources the elements whose Javadoc introduces them, for {@link SourceComments}
     */
    record Group(String name, List<String> sources, List<ConfigKey> keys) {}

    private ConfigKeys(SourceComments comments, Map<String, String> presets) {
        this.comments = comments;
        this.presets = presets;
    }

    /** The groups of one mapping, that of its own keys first; each has keys. */
    static List<Group> of(Class<?> mapping, SourceComments comments) {
        ConfigMappingInterface type = ConfigMappingInterface.getConfigurationInterface(mapping);
        ConfigKeys keys =
                new ConfigKeys(comments, ConfigClass.configClass(mapping).getProperties());
        keys.add(prefix(mapping), List.of(mapping.getName()), type);
        return keys.groups;
    }

    static String prefix(Class<?> mapping) {
        return mapping.getAnnotation(ConfigMapping.class).prefix();
    }

    private void add(String prefix, List<String> sources, ConfigMappingInterface type) {
        Group group = new Group(prefix, sources, new ArrayList<>());
        groups.add(group);
        for (Property property : ordered(type)) {
            String name = property.isParentPropertyName()
                    ? prefix
                    : prefix + "." + property.getPropertyName(type.getNamingStrategy());
            if (property.isGroup()) {
                add(name, List.of(source(property)), property.asGroup().getGroupType());
            } else if (property.isMap()) {
                addMap(group, name, property);
            } else if (!property.isDefaultMethod()) {
                group.keys.add(new ConfigKey(name, property.getMethod(), Optional.ofNullable(presets.get(name))));
            }
        }
        if (group.keys.isEmpty()) {
            groups.remove(group);
        }
    }

    /** The entries of a map of mapping interfaces. Where the map is all that there is, its own introduction goes before theirs. */
    private void addMap(Group group, String name, Property property) {
        Property value = property.asMap().getValueProperty();
        if (!value.isGroup()) {
            throw new IllegalArgumentException(name + " is a map of single values, which the reference does not know");
        }
        ConfigMappingInterface type = value.asGroup().getGroupType();
        List<String> sources = new ArrayList<>(group.keys.isEmpty() ? group.sources : List.of());
        sources.add(type.getInterfaceType().getName());
        add(name + ".*", sources, type);
    }

    private List<Property> ordered(ConfigMappingInterface type) {
        return Arrays.stream(type.getProperties())
                .sorted(Comparator.comparingInt(property -> comments.place(source(property))))
                .toList();
    }

    private static String source(Property property) {
        return property.getMethod().getDeclaringClass().getName() + "#" + property.getMemberName();
    }
}
