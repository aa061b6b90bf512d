using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using StoryLsp.Pipelines.Provenance;

namespace StoryLsp.Cli.Output;

/// <summary>Prints how much of a story is whose.</summary>
internal static class DisclosureOutput
{
    private static readonly (Authorship Kind, string Title, string Key)[] Kinds =
    [
        (Authorship.Person, "a person's own", "person"),
        (Authorship.Assisted, "AI-assisted", "assisted"),
        (Authorship.Generated, "AI-generated", "generated"),
        (Authorship.Edited, "AI-generated, then edited", "edited"),
        (Authorship.Mechanical, "by a program, no model", "mechanical"),
    ];

    public static void WriteText(TextWriter output, DisclosureReport report)
    {
        foreach (var chapter in report.Chapters)
        {
            WritePart(output, chapter.Name, chapter);
        }

        WritePart(output, "The whole", report.Whole);
        output.WriteLine(report.IsGenerated
            ? $"Amazon KDP, “AI-generated content”: yes. Text: “{report.KdpAnswer}”."
            : "Amazon KDP, “AI-generated content”: no, as far as StoryLsp knows.");
        if (report.IsAssisted)
        {
            output.WriteLine("What is AI-assisted (your sentence, reworded by a model) need not be told to Amazon KDP; other publishers ask for it.");
        }

        if (report.Models.Count > 0)
        {
            output.WriteLine($"Models: {string.Join(", ", report.Models)}.");
        }

        output.WriteLine("Only what was accepted from a proposal is known; what was pasted in counts as a person's own.");
    }

    public static void WriteJson(Stream stream, DisclosureReport report)
    {
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteStartArray("chapters");
            foreach (var chapter in report.Chapters)
            {
                writer.WriteStartObject();
                writer.WriteString("chapter", chapter.Name);
                writer.WriteStartArray("files");
                foreach (var file in chapter.Files)
                {
                    writer.WriteStringValue(file);
                }

                writer.WriteEndArray();
                WriteAmounts(writer, chapter);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartObject("whole");
            WriteAmounts(writer, report.Whole);
            writer.WriteEndObject();
            writer.WriteStartArray("models");
            foreach (var model in report.Models)
            {
                writer.WriteStringValue(model);
            }

            writer.WriteEndArray();
            writer.WriteStartObject("kdp");
            writer.WriteBoolean("generated", report.IsGenerated);
            writer.WriteBoolean("assisted", report.IsAssisted);
            writer.WriteString("text", report.KdpAnswer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    private static void WritePart(TextWriter output, string name, DisclosurePart part)
    {
        var all = part.All;
        output.WriteLine($"{name}: {Count(all.Words, "word", "words")}, {Count(all.Sentences, "sentence", "sentences")}");
        foreach (var (kind, title, _) in Kinds.Where(kind => part[kind.Kind].Sentences > 0))
        {
            var amount = part[kind];
            var share = all.Words == 0 ? 0 : 100.0 * amount.Words / all.Words;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {title,-26} {amount.Words,8} {(amount.Words == 1 ? "word " : "words")} {amount.Sentences,7} {(amount.Sentences == 1 ? "sentence " : "sentences")} {share,6:0.0} %"));
        }

        output.WriteLine();
    }

    private static void WriteAmounts(Utf8JsonWriter writer, DisclosurePart part)
    {
        foreach (var (kind, _, key) in Kinds)
        {
            writer.WriteStartObject(key);
            writer.WriteNumber("words", part[kind].Words);
            writer.WriteNumber("sentences", part[kind].Sentences);
            writer.WriteEndObject();
        }
    }

    private static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");
}
