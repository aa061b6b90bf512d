using NUnit.Framework;
using StoryLsp.Features.Completion;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Completion;

/// <summary>What is offered at <c>$0</c> of a text beside a small cast, and the text after it was taken.</summary>
internal static class Completed
{
    public const string Cast = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        type: character
        id: ada-vane
        name: Ada Vane
        aliases: [The Heron]
        //- characters/Tom Reed.md
        Tom keeps the mill.
        //- characters/eleonore.yaml
        type: character
        name: Éléonore Reed
        //- characters/lin.yaml
        type: character
        name: 林 美雪
        //- locations/Old Mill.md
        # The Old Mill
        ## Upper floor
        //- items/clock.yaml
        type: item
        name: Clock
        //- picture.png

        """;

    public static string[] Labels(string path, string text, CompletionOptions? options = null) => [.. Run(path, text, options).List.Items.Select(item => item.Label)];

    public static string Accept(string path, string text, string label, CompletionOptions? options = null)
    {
        var (workspace, list) = Run(path, text, options);
        var item = list.Items.FirstOrDefault(candidate => candidate.Label == label);
        Assert.That(item, Is.Not.Null, $"`{label}` is not among: {string.Join(", ", list.Items.Select(candidate => candidate.Label))}");
        var caret = text.IndexOf("$0", StringComparison.Ordinal);
        var source = workspace.Text(path)!;
        Assert.Multiple(() =>
        {
            Assert.That(item!.Span.Touches(caret), Is.True, "the caret is in the replaced text");
            Assert.That(source.Lines.GetLine(item.Span.Start), Is.EqualTo(source.Lines.GetLine(item.Span.End)), "one line is replaced");
            Assert.That(item.FilterText ?? item.Label, Does.StartWith(source.Text[item.Span.Start..caret].TrimEnd()).IgnoreCase, "an editor that compares beginnings finds it");
        });
        return source.WithEdit(item!.Span, item.NewText).Text;
    }

    private static (FixtureWorkspace Workspace, CompletionList List) Run(string path, string text, CompletionOptions? options)
    {
        var caret = text.IndexOf("$0", StringComparison.Ordinal);
        var texts = FixtureFile.Parse(Cast).ToDictionary(file => file.Path, file => file.Text);
        texts[path] = text.Remove(caret, 2);
        var workspace = FixtureWorkspace.OfTexts(texts);
        return (workspace, Completions.At(workspace.Snapshot, path, caret, options ?? new(), CancellationToken.None));
    }
}
