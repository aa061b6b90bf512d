using System.Text.Json;
using StoryLsp.Cli.Output;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Cli.Commands;

/// <summary>The undo tree for programs. What is not known is absent.</summary>
internal static class HistoryCommandJson
{
    public static void Log(string? branch, IReadOnlyList<TreeEvent> events) => Write(writer =>
    {
        Text(writer, "branch", branch);
        writer.WriteStartArray("events");
        foreach (var e in events)
        {
            writer.WriteStartObject();
            Write(writer, e);
            writer.WriteStartArray("files");
            foreach (var file in e.Files)
            {
                writer.WriteStartObject();
                writer.WriteString("file", file.Path);
                Text(writer, "before", file.Before);
                Text(writer, "after", file.After);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public static void Branches(IReadOnlyList<Branch> branches) => Write(writer =>
    {
        writer.WriteStartArray("branches");
        foreach (var branch in branches)
        {
            writer.WriteStartObject();
            writer.WriteString("name", branch.Name);
            writer.WriteString("head", branch.Head);
            writer.WriteBoolean("current", branch.IsCurrent);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public static void Checkout(CheckoutPlan plan, FileWriteResult result) => Write(writer =>
    {
        writer.WriteString("status", result.Outcome.ToString().ToLowerInvariant());
        writer.WriteString("event", plan.Target);
        writer.WriteString("branch", result.Branch ?? plan.From);
        Names(writer, "written", result.Written);
        Names(writer, "byHand", plan.ByHand.Select(file => file.Path));
        writer.WriteStartArray("left");
        foreach (var (file, why) in result.Left.Select(file => (file.Path, file.Why)).Concat(plan.LeftAlone.Select(file => (file, "It cannot be read as text."))))
        {
            writer.WriteStartObject();
            writer.WriteString("file", file);
            writer.WriteString("why", why);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    public static void Show(TreeEvent shown, IReadOnlyList<FileView> files) => Write(writer =>
    {
        Write(writer, shown);
        Write(writer, files);
    });

    public static void Compare((string Name, TreeEvent Event) from, (string Name, TreeEvent Event) to, IReadOnlyList<FileView> files) => Write(writer =>
    {
        foreach (var (key, side) in new[] { ("from", from), ("to", to) })
        {
            writer.WriteStartObject(key);
            writer.WriteString("name", side.Name);
            writer.WriteString("event", side.Event.Id);
            writer.WriteEndObject();
        }

        Write(writer, files);
    });

    private static void Write(Utf8JsonWriter writer, TreeEvent e)
    {
        writer.WriteString("id", e.Id);
        Text(writer, "parent", e.Parent);
        writer.WriteString("branch", e.Branch);
        writer.WriteString("kind", e.Kind);
        writer.WriteString("label", e.Label);
        Text(writer, "by", e.By);
        Text(writer, "run", e.Run);
        Text(writer, "proposal", e.Proposal);
        if (e.Kind != TreeEvent.Root)
        {
            writer.WriteString("at", e.At);
        }
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<FileView> files)
    {
        writer.WriteStartArray("files");
        foreach (var file in files)
        {
            writer.WriteStartObject();
            writer.WriteString("file", file.Path);
            Text(writer, "old", file.Before);
            Text(writer, "new", file.After);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Names(Utf8JsonWriter writer, string key, IEnumerable<string> names)
    {
        writer.WriteStartArray(key);
        foreach (var name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter writer, string key, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(key, value);
        }
    }

    private static void Write(Action<Utf8JsonWriter> write)
    {
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, JsonFindings.Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
