using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Features.Matching;
using StoryLsp.Features.Symbols;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Symbols;

public class SymbolTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(StoryFixture.Files + """
        //- bible.yaml {crlf}
        characters:
          - id: mo
            name: Mo
            relations: [{to: ada, kind: sister}]
          - name: 林美雪
        rivers: {Thames: long}
        //- two.yaml
        type: item
        name: Lamp
        ---
        type: item
        name: Oil
        //- script.fountain
        Title: The Ball

        INT. MILL - NIGHT

        Ada waits.

        EXT. RIVER - DAY

        """);

    [Test]
    public void Outlines()
    {
        var text = new StringBuilder();
        foreach (var path in new[] { "scenes/book.md", "characters/tom.md", "ships/heron.yaml", "bible.yaml", "two.yaml", "script.fountain", "story.yaml", "schemas/ship.yaml" })
        {
            text.Append("===== ").Append(path).Append('\n');
            Write(text, DocumentSymbols.Of(Story.Snapshot, path, CancellationToken.None), 0, Story.Text(path)!);
        }

        Verified.Match(text.ToString(), "outlines");
    }

    [Test]
    public void Every_symbol_lies_in_its_parent_and_holds_its_selection()
    {
        foreach (var file in Story.Files)
        {
            var whole = new TextSpan(0, file.Text.Length);
            AssertNested(DocumentSymbols.Of(Story.Snapshot, file.Path, CancellationToken.None), whole, file.Path);
        }
    }

    [TestCase("ada", "Ada (character) Ada Vane (character)")]
    [TestCase("vane", "Ada Vane (character)")]
    [TestCase("miss v", "Miss Vane (character · Ada Vane)")]
    [TestCase("av", "Ada Vane (character)")]
    [TestCase("cellar", "Cellar ()")]
    [TestCase("林", "林美雪 (character)")]
    [TestCase("zzz", "")]
    public void The_workspace_is_searched_by_letters(string query, string expected)
    {
        var found = WorkspaceSymbols.Find(Story.Snapshot, query, CancellationToken.None);
        Assert.That(string.Join(' ', found.Select(symbol => $"{symbol.Name} ({symbol.Detail})")), Does.StartWith(expected));
        Assert.That(found, expected.Length == 0 ? Is.Empty : Is.Not.Empty);
    }

    [TestCase("ada", "Ada Vane")]
    [TestCase("AV", "ada vane")]
    [TestCase("k", "\u212A")]
    [TestCase("é", "Éa")]
    [TestCase("ma-j", "Emma-Jane")]
    public void Letters_that_a_name_must_have_never_hide_one_that_fits(string typed, string name)
    {
        Assert.That(NameMatch.Score(typed, name), Is.GreaterThan(0));
        Assert.That(LetterSet.Has(LetterSet.OfName(name), LetterSet.OfTyped(typed)));
    }

    [Test]
    public void What_the_letters_let_through_is_all_that_fits()
    {
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            const string units = "abAB kK\u212AéÉßıİ-_19林";
            var random = new Random(seed);
            var name = new string(random.GetItems<char>(units, random.Next(1, 12)));
            var typed = new string([.. name.Where(_ => random.Next(2) == 0).Select(unit => random.Next(2) == 0 ? char.ToUpperInvariant(unit) : char.ToLowerInvariant(unit))]);
            return NameMatch.Score(typed, name) == 0 || LetterSet.Has(LetterSet.OfName(name), LetterSet.OfTyped(typed));
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), property);
    }

    [Test]
    public void A_name_without_a_letter_that_was_typed_is_passed_over() =>
        Assert.That(LetterSet.Has(LetterSet.OfName("Old Mill"), LetterSet.OfTyped("mix")), Is.False);

    [Test]
    public void A_long_answer_is_cut()
    {
        var workspace = FixtureWorkspace.OfTexts(Enumerable.Range(0, 300).Select(i => KeyValuePair.Create($"p{i}.md", "# Page " + i)));
        Assert.That(WorkspaceSymbols.Find(workspace.Snapshot, "pa", CancellationToken.None), Has.Count.EqualTo(WorkspaceSymbols.Most));
        Assert.That(WorkspaceSymbols.Find(workspace.Snapshot, "page 299", CancellationToken.None)[0].Name, Is.EqualTo("Page 299"));
    }

    private static void AssertNested(IReadOnlyList<Symbol> symbols, TextSpan parent, string path)
    {
        foreach (var symbol in symbols)
        {
            Assert.That(parent.Contains(symbol.Span), Is.True, $"{path}: {symbol.Name} leaves its parent");
            Assert.That(symbol.Span.Contains(symbol.SelectionSpan), Is.True, $"{path}: {symbol.Name} does not hold its selection");
            Assert.That(symbol.Name, Is.Not.Empty);
            AssertNested(symbol.Children, symbol.Span, path);
        }
    }

    private static void Write(StringBuilder text, IReadOnlyList<Symbol> symbols, int depth, SourceText source)
    {
        foreach (var symbol in symbols)
        {
            text.Append(' ', depth * 2).Append(symbol.Sort).Append(' ').Append(symbol.Name).Append(symbol.Detail is null ? "" : " · " + symbol.Detail)
                .Append(" ⟦").Append(source.Slice(symbol.SelectionSpan)).Append("⟧ ").Append(source.GetPosition(symbol.Span.Start).Line + 1).Append('-').Append(source.GetPosition(symbol.Span.End).Line + 1).Append('\n');
            Write(text, symbol.Children, depth + 1, source);
        }
    }
}
