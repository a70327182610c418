package io.snapstash.storage;

import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a page of blob names. Directories of accounts with a hierarchical namespace are no objects. */
final class AzureListing {
  private final List<String> keys = new ArrayList<>();
  private String name = "";
  private boolean directory;
  private String marker = "";

  private AzureListing() {}

  static StoreProvider.Page read(byte[] content) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(content));
    AzureListing listing = new AzureListing();
    while (in.hasNext()) {
      int event = in.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        listing.start(in);
      } else if (event == XMLStreamConstants.END_ELEMENT && in.getLocalName().equals("Blob") && !listing.directory) {
        listing.keys.add(listing.name);
      }
    }
    return new StoreProvider.Page(listing.keys, Optional.of(listing.marker).filter(text -> !text.isEmpty()));
  }

  private void start(XMLStreamReader in) throws XMLStreamException {
    switch (in.getLocalName()) {
      case "Blob" -> directory = false;
      case "Name" -> {
        boolean encoded = "true".equals(in.getAttributeValue(null, "Encoded"));
        String text = in.getElementText();
        name = encoded ? URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8) : text;
      }
      case "ResourceType" -> directory = in.getElementText().equals("directory");
      case "NextMarker" -> marker = in.getElementText();
      default -> { }
    }
  }
}
