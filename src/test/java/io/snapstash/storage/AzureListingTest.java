package io.snapstash.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class AzureListingTest {
  @Test
  void takesBlobsAndTheNextMarker() throws XMLStreamException {
    StoreProvider.Page page = read("""
        \uFEFF<?xml version="1.0" encoding="utf-8"?>
        <EnumerationResults ContainerName="backups"><Prefix>demo/</Prefix><Blobs>
          <Blob><Name>demo/a&amp;b.yaml</Name><Properties><Etag>0x1</Etag></Properties></Blob>
          <Blob><Name Encoded="true">demo%2Fc+%EF%BF%BE.yaml</Name><Properties/></Blob>
        </Blobs><NextMarker>2!92!x</NextMarker></EnumerationResults>
        """);

    assertThat(page.keys()).containsExactly("demo/a&b.yaml", "demo/c+\uFFFE.yaml");
    assertThat(page.next()).contains("2!92!x");
  }

  @Test
  void leavesOutDirectories() throws XMLStreamException {
    StoreProvider.Page page = read("""
        <EnumerationResults><Blobs>
          <Blob><Name>demo</Name><Properties><ResourceType>directory</ResourceType></Properties></Blob>
          <Blob><Name>demo/a.yaml</Name><Properties><ResourceType>file</ResourceType></Properties></Blob>
        </Blobs><NextMarker /></EnumerationResults>
        """);

    assertThat(page.keys()).containsExactly("demo/a.yaml");
    assertThat(page.next()).isEmpty();
  }

  @Test
  void resolvesNoEntities() {
    assertThatThrownBy(() -> read("""
        <!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>
        <EnumerationResults><Blobs><Blob><Name>&f;</Name></Blob></Blobs></EnumerationResults>
        """)).isInstanceOf(XMLStreamException.class);
  }

  @Test
  void refusesWhatIsNoList() {
    assertThatThrownBy(() -> read("not XML")).isInstanceOf(XMLStreamException.class);
  }

  private static StoreProvider.Page read(String xml) throws XMLStreamException {
    return AzureListing.read(xml.getBytes(StandardCharsets.UTF_8));
  }
}
