package io.snapstash.app;

import io.snapstash.controller.Caches;
import io.snapstash.csi.CsiTypes;
import io.snapstash.engine.ResourceKey;
import io.snapstash.engine.Time;
import io.snapstash.kube.Cache;
import io.snapstash.picture.Inventories;
import io.snapstash.picture.Inventory;
import io.snapstash.picture.Picture;
import io.snapstash.picture.PictureMaker;
import io.snapstash.picture.RetentionFates;
import io.snapstash.picture.Work;
import io.snapstash.web.PictureSource;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Pictures of what the operator has in its caches: no request goes out for them. */
final class CachedPictures implements PictureSource {
  private final Caches caches;
  private final Time time;
  private final VolumesUnderWay underWay;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final PictureMaker maker = new PictureMaker(new RetentionFates());

  CachedPictures(Caches caches, Time time) {
    this.caches = caches;
    this.time = time;
    this.underWay = new VolumesUnderWay(each -> caches.apart(CsiTypes.VOLUME_SNAPSHOTS, each),
        () -> listeners.forEach(Runnable::run));
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public boolean isReady() {
    return caches.areSynced();
  }

  @Override
  public Picture picture(String namespace) {
    Inventory all = inventory();
    return maker.make(namespace.isEmpty() ? all : all.within(namespace), time.now());
  }

  Inventory inventory() {
    return new Inventory(caches.configurations.all(), caches.backupSessions.all(), caches.restoreSessions.all(),
        caches.snapshots.all(), caches.repositories.all(), caches.storages.all(), caches.retentionPolicies.all(),
        Inventories.claims(caches.targets.get("PersistentVolumeClaim").all()),
        Inventories.saved(caches.snapshots.all()), work());
  }

  private Work work() {
    Map<String, Map<String, Set<ResourceKey>>> asked = Work.asked(caches.jobs.all());
    Map<String, Set<ResourceKey>> done = new HashMap<>(Work.bound(caches.restoredClaims.all()));
    done.putAll(underWay.ready(caches.backupSessions.all(), asked));
    return new Work(asked, done);
  }

  @Override
  public void looking(boolean somebody) {
    underWay.looking(somebody);
  }

  @Override
  public void onChange(Runnable listener) {
    List<Cache<?>> shown = List.of(caches.configurations, caches.backupSessions, caches.restoreSessions,
        caches.snapshots, caches.repositories, caches.storages, caches.retentionPolicies, caches.jobs,
        caches.restoredClaims, caches.targets.get("PersistentVolumeClaim"));
    listeners.add(listener);
    shown.forEach(cache -> cache.onChange((_, _) -> listener.run()));
  }
}
