using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>The slips of writers: one error each, the value as it was meant, and a repair that leaves no error and the same values.</summary>
[TestFixture]
public sealed class YamlSlipTests
{
    private static readonly TestCaseData[] Slips =
    [
        Slip("a second colon", "title: Chapter 1: Arrival\npov: ada", YamlErrorKind.ColonInValue, "{title=Chapter 1: Arrival, pov=ada}"),
        Slip("a second colon before a comment", "title: Chapter 1: Arrival # draft\npov: ada", YamlErrorKind.ColonInValue, "{title=Chapter 1: Arrival, pov=ada}"),
        Slip("many colons", "a: b: c: d", YamlErrorKind.ColonInValue, "{a=b: c: d}"),
        Slip("a colon on a later line", "summary: A dark night\n  with rain: heavy and wet\npov: ada", YamlErrorKind.ColonInValue, "{summary=A dark night with rain: heavy and wet, pov=ada}"),
        Slip("a colon behind quotes", "title: \"Foo\": Bar\npov: ada", YamlErrorKind.ColonInValue, "{title=\"Foo\": Bar, pov=ada}"),
        Slip("a colon in braces", "{a: b: c, d: e}", YamlErrorKind.ColonInValue, "{a=b: c, d=e}"),
        Slip("an at sign", "pov: @ada\nx: 1", YamlErrorKind.ReservedCharacter, "{pov=@ada, x=1}"),
        Slip("a backtick", "pov: `code`\nx: 1", YamlErrorKind.ReservedCharacter, "{pov=`code`, x=1}"),
        Slip("a percent sign", "key: %x\nx: 1", YamlErrorKind.ReservedCharacter, "{key=%x, x=1}"),
        Slip("an at sign in a list", "chars: [@ada, tom]", YamlErrorKind.ReservedCharacter, "{chars=[@ada, tom]}"),
        Slip("bold text", "- *bold* text\n- b", YamlErrorKind.ReservedCharacter, "[*bold* text, b]"),
        Slip("emphasis", "key: *emphasis* and more\nx: 1", YamlErrorKind.ReservedCharacter, "{key=*emphasis* and more, x=1}"),
        Slip("a dash as text", "text: - foo\nx: 1", YamlErrorKind.BrokenLine, "{text=[foo], x=1}"),
        Slip("an item beside its key", "characters: - ada\n  - tom\nx: 1", YamlErrorKind.BrokenLine, "{characters=[ada, tom], x=1}"),
        Slip("an item beside its key, the others below it", "a:\n  characters: - ada\n              - tom\n  x: 1", YamlErrorKind.BrokenLine, "{a={characters=[ada, tom], x=1}}"),
        Slip("an item beside its key, the others below the key", "characters: - ada\r\n- tom\r\nx: 1", YamlErrorKind.BrokenLine, "{characters=[ada, tom], x=1}"),
        Slip("a dash as a text that goes on", "text: - foo\n  bar\nx: 1", YamlErrorKind.BrokenLine, "{text=[foo bar], x=1}"),
        Slip("a list item too deep", "aliases:\n- Tom\n - Tommy\n - Thomas\nx: 1", YamlErrorKind.Indentation, "{aliases=[Tom, Tommy, Thomas], x=1}"),
        Slip("a list item too deep with keys", "cast:\n  - Tom\n    - name: Ada\n      age: 3\n  - Eve\nx: 1", YamlErrorKind.Indentation, "{cast=[Tom, {name=Ada, age=3}, Eve], x=1}"),
        Slip("no space behind the only dash", "characters:\n  -ada\nx: 1", YamlErrorKind.MissingSpace, "{characters=[ada], x=1}"),
        Slip("no space behind the first dash", "characters:\n  -ada\n  - tom\nx: 1", YamlErrorKind.MissingSpace, "{characters=[ada, tom], x=1}"),
        Slip("no space behind the first dash before keys", "characters:\n  -ada\n  - name: tom\n    age: 3", YamlErrorKind.MissingSpace, "{characters=[ada, {name=tom, age=3}]}"),
        Slip("a key with an at sign", "@ada: c\nx: 1", YamlErrorKind.ReservedCharacter, "{@ada=c, x=1}"),
        Slip("a tab", "ada:\n\tname: Ada\n\tage: 25\ntom:\n  name: Tom", YamlErrorKind.TabIndentation, "{ada={name=Ada, age=25}, tom={name=Tom}}"),
        Slip("a tab among spaces", "ada:\n  name: Ada\n\tage: 25\n  hair: red", YamlErrorKind.TabIndentation, "{ada={name=Ada, age=25, hair=red}}"),
        Slip("tabs in a list", "chars:\n\t- name: Ada\n\t  age: 3\n\t- name: Tom\nk: v", YamlErrorKind.TabIndentation, "{chars=[{name=Ada, age=3}, {name=Tom}], k=v}"),
        Slip("tabs two levels deep", "a:\n\tb:\n\t\tc: 1\n\td: 2\ne: 3", YamlErrorKind.TabIndentation, "{a={b={c=1}, d=2}, e=3}"),
        Slip("tabs in a block of text", "text: |\n\tsome text\n\tmore\nk: v", YamlErrorKind.TabIndentation, "{text=some text\nmore\n, k=v}"),
        Slip("a tab in a block of text indented with spaces", "notes: |\n text\n  more\n\ttab\n\tanother\n end\nk: v", YamlErrorKind.TabIndentation, "{notes=text\n more\ntab\nanother\nend\n, k=v}"),
        Slip("a tab at the end of a block of text", "notes: >\n  text\n\ttab", YamlErrorKind.TabIndentation, "{notes=text tab\n}"),
        Slip("curly quotes", "pov: “ada”\nx: 1", YamlErrorKind.CurlyQuotes, "{pov=ada, x=1}"),
        Slip("low quotes", "a:\n  - „ada“ # who\n  - tom", YamlErrorKind.CurlyQuotes, "{a=[ada, tom]}"),
        Slip("single curly quotes", "pov: ‘ada’", YamlErrorKind.CurlyQuotes, "{pov=ada}"),
        Slip("curly quotes in brackets", "cast: [“ada”, tom]", YamlErrorKind.CurlyQuotes, "{cast=[ada, tom]}"),
        Slip("links without brackets", "cast: [[Ada Vane]], [[Tom]]\nx: 1", YamlErrorKind.TextAfterValue, "{cast=[[[Ada Vane]], [[Tom]]], x=1}"),
        Slip("links without brackets before a comment", "cast: [[Ada|A]] , [[Tom#x]] # who\nx: 1", YamlErrorKind.TextAfterValue, "{cast=[[[Ada|A]], [[Tom#x]]], x=1}"),
        Slip("an open bracket", "key: [unclosed\nx: 1", YamlErrorKind.UnclosedBracket, "{key=[unclosed], x=1}"),
        Slip("an open bracket over lines", "key: [a, b\n  c, d\nx: 1", YamlErrorKind.UnclosedBracket, "{key=[a, b c, d], x=1}"),
        Slip("two open brackets", "key: [{a: 1, b: [2\nx: 1", YamlErrorKind.UnclosedBracket, "{key=[{a=1, b=[2]}], x=1}"),
        Slip("an open brace at the end", "key: {a: 1, b: c\n\n# end\n", YamlErrorKind.UnclosedBracket, "{key={a=1, b=c}}"),
        Slip("the wrong bracket", "key: [a, b}\nx: 1", YamlErrorKind.BrokenFlow, "{key=[a, b], x=1}"),
        Slip("a comma missing", "key: [\"a\" \"b\"]\nx: 1", YamlErrorKind.BrokenFlow, "{key=[a, b], x=1}"),
        Slip("an open quote", "name: \"Ada\nage: 3\nnick: \"Lady\"", YamlErrorKind.UnclosedQuote, "{name=Ada, age=3, nick=Lady}"),
        Slip("an open quote in a list", "a:\n  - name: \"Ada\n    age: 3\n  - name: Tom\nb: 1", YamlErrorKind.UnclosedQuote, "{a=[{name=Ada, age=3}, {name=Tom}], b=1}"),
        Slip("an open quote at the end", "a: 1\nb: 'open", YamlErrorKind.UnclosedQuote, "{a=1, b=open}"),
        Slip("text behind quotes", "key: \"a\" b\nx: 1", YamlErrorKind.TextAfterValue, "{key=\"a\" b, x=1}"),
        Slip("quotes in quotes", "key: \"She said \"hi\" to me\"\nx: 1", YamlErrorKind.TextAfterValue, "{key=She said \"hi\" to me, x=1}"),
        Slip("an apostrophe in quotes", "key: 'it's late'\nx: 1", YamlErrorKind.TextAfterValue, "{key=it's late, x=1}"),
        Slip("text behind a wikilink", "pov: [[Ada]] and [[Tom]]\nx: 1", YamlErrorKind.TextAfterValue, "{pov=[[Ada]] and [[Tom]], x=1}"),
        Slip("text behind brackets", "k: [draft] Chapter 1\nx: 1", YamlErrorKind.TextAfterValue, "{k=[draft] Chapter 1, x=1}"),
        Slip("text behind a block sign", "text: > text here\nx: 1", YamlErrorKind.BadBlockScalar, "{text=> text here, x=1}"),
        Slip("no space behind a colon", "a: 1\nkey:value\nx: 1", YamlErrorKind.MissingSpace, "{a=1, key=value, x=1}"),
        Slip("no space behind the first colon", "pov:ada\nlocation: mill", YamlErrorKind.MissingSpace, "{pov=ada, location=mill}"),
        Slip("no space behind the only colon", "pov:ada\n", YamlErrorKind.MissingSpace, "{pov=ada}"),
        Slip("no space before a list", "a: 1\npov:[ada, tom]", YamlErrorKind.MissingSpace, "{a=1, pov=[ada, tom]}"),
        Slip("a full-width colon", "pov： ada\nx: 1", YamlErrorKind.WideColon, "{pov=ada, x=1}"),
        Slip("a full-width colon alone", "pov：ada", YamlErrorKind.WideColon, "{pov=ada}"),
        Slip("a full-width colon above a list", "x: 1\npov ：\n  - ada\n  - tom", YamlErrorKind.WideColon, "{x=1, pov=[ada, tom]}"),
        Slip("no space behind a dash", "a:\n  - x: 1\n  -y: 2\n    z: 3\n  - w: 4", YamlErrorKind.MissingSpace, "{a=[{x=1}, {y=2, z=3}, {w=4}]}"),
        Slip("no colon above a list", "cast:\n  leads\n    - ada\n    - name: tom\n  rest: none\nx: 1", YamlErrorKind.MissingColon, "{cast={leads=[ada, {name=tom}], rest=none}, x=1}"),
        Slip("no colon above keys", "a: 1\nada\n  name: Ada\n  age: 3\nb: 2", YamlErrorKind.MissingColon, "{a=1, ada={name=Ada, age=3}, b=2}"),
        Slip("no colon in the first line", "ada\n  name: Ada\n  age: 3\nb: 2", YamlErrorKind.MissingColon, "{ada={name=Ada, age=3}, b=2}"),
        Slip("a star before a key", "*ada: 1\nb: 2", YamlErrorKind.ReservedCharacter, "{*ada=1, b=2}"),
        Slip("a bar before a key", "a:\n  |b: 1\n  c: 2", YamlErrorKind.ReservedCharacter, "{a={|b=1, c=2}}"),
        Slip("a percent sign before the first key", "%ada: 1\nb: 2", YamlErrorKind.ReservedCharacter, "{%ada=1, b=2}"),
        Slip("a tab behind a dash", "-\ta: 1\n  b: 2\n- c", YamlErrorKind.TabIndentation, "[{a=1, b=2}, c]"),
        Slip("an entry too deep", "a: 1\n  b: 2\nc: 3", YamlErrorKind.Indentation, "{a=1, b=2, c=3}"),
        Slip("an entry between two depths", "a:\n    b: 1\n  c: 2\nd: 3", YamlErrorKind.Indentation, "{a={b=1, c=2}, d=3}"),
        Slip("a key below its dash", "chars:\n  - name: Ada\n  age: 3\n  - name: Tom\nk: v", YamlErrorKind.Indentation, "{chars=[{name=Ada, age=3}, {name=Tom}], k=v}"),
        Slip("an unknown backslash", "k: \"a\\qb\"\nl: 1", YamlErrorKind.BadEscape, "{k=a\\qb, l=1}"),
    ];

    [TestCaseSource(nameof(Slips))]
    public void ASlipIsReadAsMeantAndItsRepairLeavesTheValues(string yaml, YamlErrorKind kind, string values)
    {
        SourceText text = SourceText.From(yaml);
        YamlTree tree = YamlParser.Parse(text);
        Assert.That(tree.Errors.Select(error => error.Kind), Is.EqualTo(new[] { kind }));
        Assert.That(Values(tree), Is.EqualTo(values));
        YamlSlip? slip = tree.Errors[0].Slip;
        Assert.That(slip, Is.Not.Null);
        YamlTree repaired = YamlParser.Parse(text.WithEdits(slip!.Edits));
        Assert.Multiple(() =>
        {
            Assert.That(repaired.Errors, Is.Empty);
            Assert.That(Values(repaired), Is.EqualTo(values));
        });
    }

    [TestCase("name:Ada\nhome:mill", "{name=Ada, home=mill}")]
    [TestCase("ada:\n  name:Ada\n  home:mill\ntom: 1", "{ada={name=Ada, home=mill}, tom=1}")]
    [TestCase("- name:Ada\n  home:mill\n- name: Tom", "[{name=Ada, home=mill}, {name=Tom}]")]
    public void KeysWithoutASpaceAreASlipEach(string yaml, string values) => AssertSlips(yaml, values, YamlErrorKind.MissingSpace, 2);

    [TestCase("characters:\n  -ada\n  -tom\nx: 1", "{characters=[ada, tom], x=1}")]
    [TestCase("characters:\n-ada\n-tom\nx: 1", "{characters=[ada, tom], x=1}")]
    [TestCase("-ada\n-tom", "[ada, tom]")]
    public void ItemsWithoutASpaceAreASlipEach(string yaml, string values) => AssertSlips(yaml, values, YamlErrorKind.MissingSpace, 2);

    [TestCase("pov: @ada\nx: 1", "{pov=ada, x=1}")]
    [TestCase("cast: [@ada, tom]", "{cast=[ada, tom]}")]
    public void AnAtSignMayBeRemoved(string yaml, string values)
    {
        SourceText text = SourceText.From(yaml);
        YamlTree repaired = YamlParser.Parse(text.WithEdits(YamlParser.Parse(text).Errors[0].Slip!.Other!.Edits));
        Assert.Multiple(() =>
        {
            Assert.That(repaired.Errors, Is.Empty);
            Assert.That(Values(repaired), Is.EqualTo(values));
        });
    }

    [Test]
    public void AnAliasWithoutItsAnchorIsOneFinding()
    {
        YamlTree tree = YamlParser.Parse(SourceText.From("a: *name\nb: *name\nc: [*x, *y]"));
        Assert.That(tree.Errors.Select(error => error.Kind), Is.All.EqualTo(YamlErrorKind.UndefinedAlias).And.Exactly(4).Items);
    }

    [TestCase("title: Chapter 1: Arrival", "Chapter 1: Arrival")]
    [TestCase("a: 1\npov: @ada # who", "@ada")]
    [TestCase("a: 1\nb: \"open\nc: 2", "\"open")]
    [TestCase("a: 1\nsome words\nc: 2", "some words")]
    [TestCase("a: [b, c\nd: 2", "[")]
    [TestCase("a:\n\tb: 1", "\t")]
    public void AnErrorStandsWhereTheFaultIs(string yaml, string marked)
    {
        SourceText text = SourceText.From(yaml);
        Assert.That(YamlParser.Parse(text).Errors.Select(error => text.Slice(error.Span)), Is.EqualTo(new[] { marked }));
    }

    [TestCase("time: 12:30\nurl: http://example.com/a#b\nnote: see a:b", "{time=12:30, url=http://example.com/a#b, note=see a:b}")]
    [TestCase("tags: [\n  a,\n  b\n]\nx: 1", "{tags=[a, b], x=1}")]
    [TestCase("pov: [[Ada Vane]]", "{pov=[[Ada Vane]]}")]
    [TestCase("chars:\n- ada\n- tom\npov: ada", "{chars=[ada, tom], pov=ada}")]
    [TestCase("quote: \"She said: 'no' # really\"", "{quote=She said: 'no' # really}")]
    [TestCase("http://example.com", "http://example.com")]
    [TestCase("12:30", "12:30")]
    [TestCase("note:\n  see:this", "{note=see:this}")]
    [TestCase("note:\n  see:this\n  and more", "{note=see:this and more}")]
    [TestCase("- ada:lamp\n- tom:key", "[ada:lamp, tom:key]")]
    [TestCase("numbers:\n  -5\n  -6", "{numbers=-5 -6}")]
    [TestCase("number:\n  -ada\n  and more", "{number=-ada and more}")]
    [TestCase("flag: -v", "{flag=-v}")]
    [TestCase("description: text\n  - more", "{description=text - more}")]
    [TestCase("description:\n  text\n  - more", "{description=text - more}")]
    [TestCase("- description: text\n    - more", "[{description=text - more}]")]
    [TestCase("title: “The Mill”", "{title=“The Mill”}")]
    [TestCase("says: “No!”", "{says=“No!”}")]
    [TestCase("says: “Yes” or “No”", "{says=“Yes” or “No”}")]
    [TestCase("nick: ‘Tis", "{nick=‘Tis}")]
    [TestCase("a: 5 o'clock & more * stars @ home", "{a=5 o'clock & more * stars @ home}")]
    public void WhatIsNoSlipHasNoError(string yaml, string values)
    {
        YamlTree tree = YamlParser.Parse(SourceText.From(yaml));
        Assert.Multiple(() =>
        {
            Assert.That(tree.Errors, Is.Empty);
            Assert.That(Values(tree), Is.EqualTo(values));
        });
    }

    /// <summary>So many slips of one kind; every repair takes its own one away, and all together leave the values.</summary>
    private static void AssertSlips(string yaml, string values, YamlErrorKind kind, int count)
    {
        SourceText text = SourceText.From(yaml);
        YamlTree tree = YamlParser.Parse(text);
        Assert.That(tree.Errors.Select(error => error.Kind), Is.EqualTo(Enumerable.Repeat(kind, count)));
        Assert.That(Values(tree), Is.EqualTo(values));
        for (int left = count; left > 0; left--)
        {
            text = text.WithEdits(tree.Errors[0].Slip!.Edits);
            tree = YamlParser.Parse(text);
            Assert.That(tree.Errors, Has.Count.EqualTo(left - 1), text.Text);
        }

        Assert.That(Values(tree), Is.EqualTo(values));
    }

    private static string Values(YamlTree tree) => string.Join(" | ", tree.Documents.Select(document => TreeValues.Of(document.Root)));

    private static TestCaseData Slip(string name, string yaml, YamlErrorKind kind, string values) =>
        new TestCaseData(yaml, kind, values).SetArgDisplayNames(name);
}
