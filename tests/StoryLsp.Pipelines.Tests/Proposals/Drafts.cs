using FsCheck;
using FsCheck.Fluent;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Testing;

namespace StoryLsp.Pipelines.Tests.Proposals;

/// <summary>Texts as writers and models make them, for the properties of proposals.</summary>
internal static class Drafts
{
    private static readonly string[] Parts =
    [
        "Ada came home. ", "Ada came home late. ", "He nodded. ", "The mill stood still, and nobody spoke. ", "“Who is there?” ", "Mr. Vane left. ", "the same words ", "Свет погас. ", "川が流れる。",
        "\n", "\n\n", "\n\n\n", "\r\n", "\r\n\r\n", "\r", "  ", "\t", " ", "\uFEFF", "# A heading\n", "## Other\r\n", "- an item\n", "> quoted. Twice.\n", "| a | b |\n",
        "---\n", "---\r\n", "pov: ada-vane\n", "name: Arrival\n", "characters:\n", "  - ada-vane\n", "- tom\n", "knows: [a, b]\n", "synopsis: >\n  It rains.\n  It stops.\n", "```story\n", "```\n", "id: one\n", "a", "🦊",
    ];

    /// <summary>Paths whose texts are cut in different ways.</summary>
    public static Gen<string> Path => Gen.Elements("scenes/one.md", "characters.yaml", "script.fountain", "story.yaml");

    public static Gen<string> Text => from count in Gen.Choose(0, 14) from parts in Gen.Elements(Parts).ListOf(count) select string.Concat(parts);

    /// <summary>A text and another that is partly the same.</summary>
    public static Gen<(string Before, string After)> Pair => Gen.OneOf(
        from before in Text from after in Text select (before, after),
        from parts in Gen.Elements(Parts).ListOf(12)
        from kept in Gen.Choose(0, 3).ListOf(12)
        from others in Gen.Elements(Parts).ListOf(12)
        select (string.Concat(parts), string.Concat(parts.Select((part, i) => kept[i] switch { 0 => "", 1 => others[i], 2 => part + others[i], _ => part }))));

    public static Proposal Of(string path, string? before, string? after)
    {
        var workspace = FixtureWorkspace.OfTexts(before is null ? [] : [KeyValuePair.Create(path, before)]);
        return ProposalBuilder.Build(Request() with { Files = [new(path, before, after)] }, workspace.Snapshot);
    }

    public static ProposalRequest Request() => new() { Id = "abc123", Run = "run1", Pipeline = "draft", Model = "m", Origin = "o", Input = "arrival", Label = "Draft" };

    /// <summary>The text of a file after the fitting ones of some hunks; null: no file.</summary>
    public static string? Applied(Proposal proposal, string path, string? text, IReadOnlySet<int>? only = null)
    {
        var source = text is null ? null : SourceText.From(text);
        var placed = ProposalApplication.Place(proposal, file => file == path ? source : null, only);
        return Projection.Texts(placed, _ => source).TryGetValue(path, out var after) ? after?.Text : text;
    }
}
