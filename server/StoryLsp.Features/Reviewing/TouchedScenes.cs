using System.Globalization;
using StoryLsp.Continuity.State;
using StoryLsp.Index;

namespace StoryLsp.Features.Reviewing;

/// <summary>Finds the scenes that nobody touched and that rely on what changed: they name a container whose facts are others now, or the world stands otherwise when they begin.</summary>
internal sealed class TouchedScenes
{
    private readonly Snapshot _before;
    private readonly Snapshot _after;
    private readonly ContainerPairs _pairs;
    private readonly Dictionary<ContainerKey, List<(Container About, string What)>> _reasons = [];
    private readonly HashSet<ContainerKey> _direct;

    private TouchedScenes(Snapshot before, Snapshot after, ContainerPairs pairs, IReadOnlyList<ContainerChange> changes)
    {
        (_before, _after, _pairs) = (before, after, pairs);
        _direct = [.. changes.Select(change => change.After?.Key).OfType<ContainerKey>()];
    }

    /// <summary>The scenes in the order of reading.</summary>
    public static IReadOnlyList<TouchedScene> Of(Snapshot before, Snapshot after, ContainerPairs pairs, IReadOnlyList<ContainerChange> changes, CancellationToken cancel)
    {
        if (changes.Count == 0)
        {
            return [];
        }

        var touched = new TouchedScenes(before, after, pairs, changes);
        foreach (var change in changes)
        {
            cancel.ThrowIfCancellationRequested();
            touched.Refer(change);
        }

        var scenes = after.Narrative.Scenes(after).ToList();
        foreach (var scene in scenes)
        {
            cancel.ThrowIfCancellationRequested();
            touched.Compare(scene);
        }

        return [.. scenes.Where(scene => touched._reasons.ContainsKey(scene.Key)).Select(scene => new TouchedScene(scene, after.IdOf(scene), touched._reasons[scene.Key]))];
    }

    // Who names a container relies on its facts; on the prose of a scene relies nobody.
    private void Refer(ContainerChange change)
    {
        var isScene = _after.Schemas.IsKindOf(change.Container.Type, "scene");
        var fields = change.Fields.Where(field => !isScene || field.Kind is FieldKind.Time or FieldKind.State).Select(field => $"`{field.Field}`").ToList();
        var what = change.After is null ? "is gone" : change.Before is null ? "" : string.Join("; ", new[]
        {
            change.IsRenamed && change.Before.Name != change.After.Name ? $"was {change.Before.Name}" : "",
            fields.Count > 0 ? string.Join(", ", fields) + " changed" : "",
        }.Where(part => part.Length > 0));
        if (what.Length == 0)
        {
            return;
        }

        var snapshot = change.After is null ? _before : _after;
        foreach (var site in snapshot.ReferencesTo(change.Container))
        {
            if (site.Container < 0 || snapshot.ContainersIn(site.Document.Path).ElementAtOrDefault(site.Container) is not { } owner)
            {
                continue;
            }

            if ((change.After is null ? _pairs.After(owner) : owner) is { } scene && !scene.IsSameAs(change.After))
            {
                Add(scene, change.Container, what);
            }
        }
    }

    private void Compare(Container scene)
    {
        if (_direct.Contains(scene.Key) || _pairs.Before(scene) is not { } old || SceneFacts.At(_after, scene) is not { } now || SceneFacts.At(_before, old) is not { } then)
        {
            return;
        }

        foreach (var container in scene.Document.References.Where(reference => reference.Container == scene.Fact.Index)
            .Select(reference => _after.Resolve(reference, scene.Path).Container).OfType<Container>().DistinctBy(container => container.Key))
        {
            if (_pairs.Before(container) is { } was)
            {
                foreach (var difference in Differences(then.Of(was), now.Of(container)))
                {
                    Add(scene, container, difference);
                }
            }
        }
    }

    private IEnumerable<string> Differences(ContainerFacts before, ContainerFacts after)
    {
        if (before.IsAlive != after.IsAlive && after.IsAlive is { } isAlive)
        {
            yield return isAlive ? "is alive here" : after.Died is null ? "is not born yet here" : "is dead here";
        }

        if (before.Age != after.Age && after.Age is { } age)
        {
            yield return $"is {age.ToString(CultureInfo.InvariantCulture)} here" + (before.Age is { } was ? $", was {was.ToString(CultureInfo.InvariantCulture)}" : "");
        }

        if (Key(before.Location, true) != Key(after.Location, false) && after.Location is { } place)
        {
            yield return $"comes from {place.Name}";
        }

        foreach (var line in Lists("has", before.Holds, after.Holds).Concat(Lists("knows", before.Knows, after.Knows)))
        {
            yield return line;
        }

        foreach (var injury in after.Injuries.Except(before.Injuries))
        {
            yield return $"is hurt here: {injury}";
        }

        foreach (var injury in before.Injuries.Except(after.Injuries))
        {
            yield return $"is not hurt any more: {injury}";
        }

        foreach (var (field, value) in after.Fields.Where(field => before.Fields.GetValueOrDefault(field.Key) != field.Value))
        {
            yield return $"`{field}` is {value} here";
        }
    }

    private IEnumerable<string> Lists(string verb, IReadOnlyList<Container> before, IReadOnlyList<Container> after)
    {
        var (then, now) = (before.Select(container => Key(container, true)).ToHashSet(), after.Select(container => Key(container, false)).ToHashSet());
        return after.Where(container => !then.Contains(Key(container, false))).Select(container => $"{verb} {container.Name} here")
            .Concat(before.Where(container => !now.Contains(Key(container, true))).Select(container => $"{(verb == "has" ? "has not" : "does not know")} {container.Name} any more here"));
    }

    // A container is known in both states by where it stands after.
    private (bool IsGone, ContainerKey? Key) Key(Container? container, bool isBefore) =>
        container is null ? (false, null) : !isBefore ? (false, container.Key) : _pairs.After(container) is { } after ? (false, after.Key) : (true, container.Key);

    private void Add(Container scene, Container about, string what)
    {
        if (!_direct.Contains(scene.Key) && _after.Narrative.PositionOf(scene) >= 0)
        {
            var reasons = _reasons.TryGetValue(scene.Key, out var list) ? list : _reasons[scene.Key] = [];
            if (!reasons.Exists(reason => reason.What == what && reason.About.Key == about.Key))
            {
                reasons.Add((about, what));
            }
        }
    }
}
