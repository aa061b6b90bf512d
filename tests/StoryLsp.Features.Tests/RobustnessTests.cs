using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Continuity;
using StoryLsp.Features.CodeActions;
using StoryLsp.Features.Completion;
using StoryLsp.Features.Diagnostics;
using StoryLsp.Features.Folding;
using StoryLsp.Features.Formatting;
using StoryLsp.Features.Hierarchies;
using StoryLsp.Features.Hover;
using StoryLsp.Features.Links;
using StoryLsp.Features.Navigation;
using StoryLsp.Features.Rename;
using StoryLsp.Features.SelectionRanges;
using StoryLsp.Features.SemanticTokens;
using StoryLsp.Features.Symbols;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests;

public class RobustnessTests
{
    private static readonly string[] Snippets =
    [
        "[[", "]]", "](", "\"", "'", "[", "{", "}", ",", ": ", "- ", "\n", "\r\n", "\r", "\n  ", "---\n", "```story\n", "```", "|\n", "#", "^", "$", "𠮷", "林", "\ud83d",
        "&a ", "*a", "pov: ", "type: scene\n", "characters: [", "\t", "!", "%%", "<!--", "@pov: ",
    ];

    [Test]
    public void Every_feature_answers_at_every_place_of_every_text()
    {
        var files = FixtureFile.Parse(StoryFixture.Files).ToDictionary(file => file.Path, file => file.Text);
        var paths = files.Keys.Order(StringComparer.Ordinal).ToArray();
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var path = paths[random.Next(paths.Length)];
            var texts = new Dictionary<string, string>(files) { [path] = Mutate(files[path], random) };
            var workspace = FixtureWorkspace.OfTexts(texts);
            for (var i = 0; i < 8; i++)
            {
                AssertAnswers(workspace, path, random.Next(-1, texts[path].Length + 2));
            }
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(250), property);
    }

    [Test]
    public void A_file_that_is_not_there_has_no_answers()
    {
        AssertAnswers(FixtureWorkspace.Of(StoryFixture.Files), "gone.md", 3);
    }

    private static string Mutate(string text, Random random)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(2) == 0 ? 0 : Math.Min(random.Next(12), text.Length - at);
            text = text.Remove(at, length).Insert(at, random.Next(5) == 0 ? "" : Snippets[random.Next(Snippets.Length)]);
        }

        return random.Next(4) == 0 ? text.ReplaceLineEndings("\r\n") : text;
    }

    private static void AssertAnswers(FixtureWorkspace workspace, string path, int offset)
    {
        var snapshot = workspace.Snapshot;
        var text = workspace.Text(path) ?? SourceText.Empty;
        var caret = Math.Clamp(offset, 0, text.Length);
        var lineEnd = text.GetLineSpan(text.Lines.GetLine(caret)).End;
        foreach (var options in new[] { new CompletionOptions(true), new CompletionOptions(false) })
        {
            foreach (var item in Completions.At(snapshot, path, offset, options, CancellationToken.None).Items)
            {
                Assert.That(item.Span.Touches(Math.Min(caret, lineEnd)) && item.Span.Start >= 0 && item.Span.End <= text.Length, Is.True, $"{path}@{offset} {item.Label}: {item.Span}");
                Assert.That(text.Lines.GetLine(item.Span.Start), Is.EqualTo(text.Lines.GetLine(item.Span.End)), $"{path}@{offset} {item.Label}: {item.Span} has several lines in {text.Text}");
                Completions.Resolve(snapshot, item);
            }
        }

        Hovers.At(snapshot, path, offset, null, CancellationToken.None);
        Definitions.At(snapshot, path, offset, CancellationToken.None);
        Highlights.At(snapshot, path, offset, CancellationToken.None);
        QuickFixes.At(snapshot, new Findings(), path, new TextSpan(caret, 0), CancellationToken.None);
        PipelineSubjects.At(snapshot, path, new TextSpan(caret, 0), "scene");
        foreach (var location in AllReferences.At(snapshot, path, offset, true, CancellationToken.None))
        {
            Ranges.Of(snapshot, location.Path, location.Span, PositionEncoding.Utf8);
        }

        AssertNavigation(snapshot, path, caret, text);
        foreach (var edits in new[]
        {
            DocumentFormats.Of(snapshot, path, new(), CancellationToken.None),
            DocumentFormats.InSpans(snapshot, path, [new TextSpan(caret, 0), new TextSpan(caret / 2, 3)], new() { IndentSize = 4 }, CancellationToken.None),
            TypeFormatting.At(snapshot, path, offset, '\n', new(), CancellationToken.None),
            TypeFormatting.At(snapshot, path, offset, ']', new(), CancellationToken.None),
        })
        {
            workspace.Apply(new(edits.Count == 0 ? [] : [new Index.TextChange(path, edits)]));
        }

        AssertRenames(workspace, path, offset);
        var end = 0;
        foreach (var token in NameTokens.In(snapshot, path, new TextSpan(0, text.Length), CancellationToken.None))
        {
            Assert.That(token.Span.Start >= end && token.Span.Length > 0 && text.Lines.GetLine(token.Span.Start) == text.Lines.GetLine(token.Span.End - 1), Is.True, $"{token} in {text.Text}");
            end = token.Span.End;
        }

        AssertNested(DocumentSymbols.Of(snapshot, path, CancellationToken.None), new TextSpan(0, text.Length), text.Text);
    }

    private static void AssertNavigation(Index.Snapshot snapshot, string path, int caret, SourceText text)
    {
        Declarations.At(snapshot, path, caret, CancellationToken.None);
        Declarations.PresentAt(snapshot, path, caret, CancellationToken.None);
        TypeDefinitions.At(snapshot, path, caret, CancellationToken.None);
        TypeTree.At(snapshot, path, caret, CancellationToken.None);
        foreach (var thing in SharedScenes.At(snapshot, path, caret, CancellationToken.None))
        {
            SharedScenes.Incoming(snapshot, thing, CancellationToken.None);
            SharedScenes.Outgoing(snapshot, thing, CancellationToken.None);
        }

        var whole = new TextSpan(0, text.Length);
        Assert.That(DocumentLinks.Of(snapshot, path, CancellationToken.None).All(link => whole.Contains(link.Span) && link.Span.Length >= 0), Is.True, text.Text);
        if (LinkedEdits.At(snapshot, path, caret, CancellationToken.None) is { } twins)
        {
            Assert.That(twins.Spans.Select(text.Slice).Distinct().Count(), Is.EqualTo(1), text.Text);
        }

        Assert.That(Foldings.Of(snapshot, path, null, CancellationToken.None).All(fold => fold.StartLine >= 0 && fold.StartLine < fold.EndLine && fold.EndLine < text.LineCount), Is.True, text.Text);
        TextSpan? inner = null;
        foreach (var step in SelectionSteps.At(snapshot, path, caret, CancellationToken.None))
        {
            Assert.That(whole.Contains(step) && step.Touches(caret) && (inner is null || step.Contains(inner.Value)), Is.True, $"{step} @{caret} in {text.Text}");
            inner = step;
        }
    }

    // A change whose edits overlap or leave the text fails here.
    private static void AssertRenames(FixtureWorkspace workspace, string path, int offset)
    {
        var target = Renames.Prepare(workspace.Snapshot, path, offset, CancellationToken.None);
        var result = Renames.At(workspace.Snapshot, path, offset, "Zenobia Quill", true, CancellationToken.None);
        Assert.That(target is null, Is.EqualTo(result.Refusal is not null && result.Refusal.StartsWith("There is nothing", StringComparison.Ordinal)), result.Refusal);
        workspace.Apply(new([.. result.Edits.GroupBy(edit => edit.Path).Select(file => new Index.TextChange(file.Key, [.. file.Select(edit => edit.Edit)]))]));
    }

    private static void AssertNested(IReadOnlyList<Symbol> symbols, TextSpan parent, string text)
    {
        foreach (var symbol in symbols)
        {
            Assert.That(parent.Contains(symbol.Span) && symbol.Span.Contains(symbol.SelectionSpan) && symbol.Name.Length > 0, Is.True, $"{symbol} in {parent} of {text}");
            AssertNested(symbol.Children, symbol.Span, text);
        }
    }
}
