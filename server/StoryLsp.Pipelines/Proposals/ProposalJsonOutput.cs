using System.Text.Encodings.Web;
using System.Text.Json;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>How many findings a proposal would add and remove.</summary>
/// <param name="Added">Findings that are there only after it.</param>
/// <param name="Removed">Findings that are there only before it.</param>
public readonly record struct FindingsChange(int Added, int Removed);

/// <summary>
/// The JSON that <c>run</c>, <c>resume</c> and <c>proposal show</c> print; what does not apply is absent. A hunk that is in doubt has
/// <c>"ticked": false</c> and <c>doubt</c>, a decided one <c>decision</c>.
/// </summary>
public static class ProposalJsonOutput
{
    /// <summary>Prose stays readable: letters, not escapes.</summary>
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the object and a line end to a stream, as UTF-8.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="status"><c>done</c>, <c>paused</c>, <c>failed</c>, <c>cancelled</c> or <c>queued</c>.</param>
    /// <param name="findings">What the proposal does to the findings; null: what it says itself, where it was judged.</param>
    public static void Write(Stream stream, Proposal proposal, string status, FindingsChange? findings = null)
    {
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            Write(writer, proposal, status, findings);
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes the object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="proposal">The proposal.</param>
    /// <param name="status"><c>done</c>, <c>paused</c>, <c>failed</c>, <c>cancelled</c> or <c>queued</c>.</param>
    /// <param name="findings">What the proposal does to the findings; null: what it says itself, where it was judged.</param>
    public static void Write(Utf8JsonWriter writer, Proposal proposal, string status, FindingsChange? findings = null)
    {
        writer.WriteStartObject();
        writer.WriteString("run", proposal.Run);
        writer.WriteString("status", status);
        writer.WriteString("proposal", proposal.Id);
        writer.WriteStartArray("hunks");
        foreach (var hunk in proposal.Hunks)
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", hunk.Id);
            writer.WriteString("file", hunk.File);
            writer.WriteString("old", hunk.Old);
            writer.WriteString("new", hunk.New);
            if (hunk.Confidence is { } confidence)
            {
                writer.WriteNumber("confidence", confidence);
            }

            if (proposal.Decisions.TryGetValue(hunk.Id, out var decision))
            {
                writer.WriteString("decision", decision == HunkDecision.Accepted ? "accepted" : "rejected");
            }
            else if (hunk.Doubt is { } doubt)
            {
                writer.WriteBoolean("ticked", false);
                writer.WriteString("doubt", doubt);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if ((findings ?? ChangeOf(proposal)) is { } change)
        {
            writer.WriteStartObject("findings");
            writer.WriteNumber("added", change.Added);
            writer.WriteNumber("removed", change.Removed);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes proposals as an array of such objects, and a line end.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="proposals">The proposals.</param>
    public static void WriteList(Stream stream, IEnumerable<Proposal> proposals)
    {
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            writer.WriteStartArray();
            foreach (var proposal in proposals)
            {
                Write(writer, proposal, "done");
            }

            writer.WriteEndArray();
        }

        stream.WriteByte((byte)'\n');
    }

    private static FindingsChange? ChangeOf(Proposal proposal) => proposal.Findings is { } judged ? new(judged.Added, judged.Removed) : null;
}
