/**
 * Writes {@code docker/configuration.md} from the Javadoc of the mapping interfaces: the sources' comments ({@link io.rtms.doc.SourceComments}), the
 * keys as SmallRye Config names them ({@link io.rtms.doc.ConfigKeys}), and both as Markdown ({@link io.rtms.doc.ConfigurationReference}).
 */
package io.rtms.doc;
