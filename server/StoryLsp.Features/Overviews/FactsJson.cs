using System.Text.Json;
using StoryLsp.Continuity.State;
using StoryLsp.Index;

namespace StoryLsp.Features.Overviews;

/// <summary>The state of the world when a scene begins, as the one JSON object that the command line, editors and tools are given.</summary>
public static class FactsJson
{
    /// <summary>Writes it.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="scene">The scene or event.</param>
    /// <param name="all">What is known of each container that is asked about.</param>
    public static void Write(Utf8JsonWriter writer, Snapshot snapshot, Container scene, IEnumerable<ContainerFacts> all)
    {
        writer.WriteStartObject();
        writer.WriteString("scene", snapshot.IdOf(scene));
        writer.WriteStartObject("containers");
        // Two containers may write one id; the fault is another's to report.
        foreach (var facts in all.DistinctBy(facts => snapshot.IdOf(facts.Container)))
        {
            writer.WriteStartObject(snapshot.IdOf(facts.Container));
            WriteOne(writer, snapshot, facts);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteOne(Utf8JsonWriter writer, Snapshot snapshot, ContainerFacts facts)
    {
        if (facts.IsAlive is { } alive)
        {
            writer.WriteBoolean("alive", alive);
        }

        if (facts.Age is { } age)
        {
            writer.WriteNumber("age", age);
        }

        if (facts.Location is { } location)
        {
            writer.WriteString("location", snapshot.IdOf(location));
        }

        WriteList(writer, "holds", facts.Holds.Select(snapshot.IdOf));
        WriteList(writer, "injuries", facts.Injuries);
        WriteList(writer, "knows", facts.Knows.Select(snapshot.IdOf));
        if (facts.Fields.Count > 0)
        {
            writer.WriteStartObject("fields");
            foreach (var (field, value) in facts.Fields)
            {
                writer.WriteString(field, value);
            }

            writer.WriteEndObject();
        }
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IEnumerable<string> items)
    {
        var list = items.ToList();
        if (list.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in list)
        {
            writer.WriteStringValue(item);
        }

        writer.WriteEndArray();
    }
}
