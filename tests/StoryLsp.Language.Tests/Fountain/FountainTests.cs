using NUnit.Framework;
using System.Text;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Fountain;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Fountain;

/// <summary>The elements of fountain.io/syntax.</summary>
internal sealed class FountainTests
{
    [Test]
    public void A_title_page_has_keys_with_values_of_several_lines()
    {
        string dump = Dump("Title:\n    The Hollow\n    Creek Affair\nCredit: written by\nAuthor: Ada Vane\n\nINT. LIBRARY - NIGHT\n");

        Assert.That(dump, Is.EqualTo(
            """
            title Title = The Hollow⏎Creek Affair «The Hollow⏎    Creek Affair»
            title Credit = written by «written by»
            title Author = Ada Vane «Ada Vane»
            page «Title:⏎    The Hollow⏎    Creek Affair⏎Credit: written by⏎Author: Ada Vane»
            scene 1 «INT. LIBRARY - NIGHT» place «LIBRARY» time «NIGHT»
            """));
    }

    [TestCase("FADE IN:\n\nINT. HALL - DAY\n")]
    [TestCase("INT. HALL: THE STAIRS - DAY\n\nAction.\n")]
    [TestCase("Once upon a time\n\nTitle: not here\n")]
    public void What_is_no_title_page_is_none(string script) =>
        Assert.That(Parse(script).TitlePage, Is.Empty);

    [TestCase("INT. LIBRARY - NIGHT", "place «LIBRARY» time «NIGHT»")]
    [TestCase("int. library - night", "place «library» time «night»")]
    [TestCase("EXT. BRICK'S POOL - DAY", "place «BRICK'S POOL» time «DAY»")]
    [TestCase("EST. CREEK", "place «CREEK»")]
    [TestCase("INT./EXT. CAR - ROAD - DUSK", "place «CAR - ROAD» time «DUSK»")]
    [TestCase("INT/EXT CAR – DUSK", "place «CAR» time «DUSK»")]
    [TestCase("I/E. CAR — DUSK", "place «CAR» time «DUSK»")]
    [TestCase("EXT./INT. CAR", "place «CAR»")]
    [TestCase("INT LIBRARY", "place «LIBRARY»")]
    [TestCase("INT. UP-STAIRS", "place «UP-STAIRS»")]
    [TestCase("INT. - NIGHT", "time «NIGHT»")]
    public void Scene_headings_name_place_and_time(string heading, string expected) =>
        Assert.That(Dump(heading + "\n"), Is.EqualTo($"scene 1 «{heading}» {expected}"));

    [Test]
    public void A_dot_forces_a_heading_and_an_ellipsis_does_not() =>
        Assert.That(Dump(".SNIPER SCOPE POV\n\n...and on\n\n.THE BARN - NIGHT\n"), Is.EqualTo(
            """
            scene 1 «SNIPER SCOPE POV»
            scene 2 «THE BARN - NIGHT» place «THE BARN» time «NIGHT»
            prose «...and on»
            """));

    [Test]
    public void Scene_numbers_stand_between_number_signs() =>
        Assert.That(Dump("INT. HOUSE - DAY #12A#\n\nEXT. YARD #I-1-A#\n\nINT. SHED\n"), Is.EqualTo(
            """
            scene 12A «INT. HOUSE - DAY» place «HOUSE» time «DAY»
            scene I-1-A «EXT. YARD» place «YARD»
            scene 3 «INT. SHED» place «SHED»
            """));

    [TestCase("International waters.\n")]
    [TestCase("Action.\nINT. NOT A HEADING\n")]
    [TestCase("INTERIOR. HOUSE\n")]
    public void What_is_no_scene_heading_is_none(string script) =>
        Assert.That(Parse("\n" + script).Scenes, Is.Empty);

    [Test]
    public void Cues_begin_speech_and_lose_their_extensions()
    {
        const string Script = """
            INT. HALL

            ADA VANE (V.O.)
            (whispering)
            Who is there?

            @McCLANE
            Me.

            TOM (cont'd) ^
            And me.
              
            Still me.

            R2D2
            Beep.

            THE END

            Ada leaves
            the hall.
            """;

        Assert.That(Dump(Script), Is.EqualTo(
            """
            scene 1 «INT. HALL» place «HALL»
              cue «ADA VANE»
              cue «McCLANE»
              cue «TOM»
              cue «R2D2»
            prose «(whispering)⏎Who is there?»
            prose «Me.»
            prose «And me.»
            prose «Still me.»
            prose «Beep.»
            prose «THE END»
            prose «Ada leaves⏎the hall.»
            """));
    }

    [Test]
    public void Sections_synopses_transitions_and_page_breaks_are_no_prose() =>
        Assert.That(Dump(
            """
            # Act One

            = Not of a scene.

            INT. HALL - DAY

            = Ada arrives.

            She comes in.

            CUT TO:

            > FADE OUT.

            ===

            # Act Two
            = Of the act.

            EXT. CREEK
            """), Is.EqualTo(
            """
            scene 1 «INT. HALL - DAY» place «HALL» time «DAY» synopsis «Ada arrives.»
            scene 2 «EXT. CREEK» place «CREEK»
            prose «She comes in.»
            """));

    [Test]
    public void Forced_action_lyrics_and_centered_text_are_prose_without_their_marks() =>
        Assert.That(Dump("\n!SCANNING THE AISLES...\nWhere is she?\n\n~Willy Wonka!\n\n> THE END <\n"), Is.EqualTo(
            """
            prose «SCANNING THE AISLES...⏎Where is she?»
            prose «Willy Wonka!»
            prose «THE END»
            """));

    [Test]
    public void Notes_and_boneyard_go_over_lines_and_hide_what_they_hold() =>
        Assert.That(Dump("INT. HALL\n\nAda [[find a\nbetter name]] waits.\n\n/*\nEXT. CUT\n\nGone.\n*/\n\nADA\n[[softly?]]\nHello /* hm */ you.\n"), Is.EqualTo(
            """
            scene 1 «INT. HALL» place «HALL»
              cue «ADA»
            comment «[[find a⏎better name]]»
            comment «/*⏎EXT. CUT⏎⏎Gone.⏎*/»
            comment «[[softly?]]»
            comment «/* hm */»
            prose «Ada»
            prose «waits.»
            prose «Hello»
            prose «you.»
            """));

    [Test]
    public void Marks_that_nothing_closes_are_text() =>
        Assert.That(Dump("\nAda [[waits.\n\n]] Tom /* goes.\n"), Is.EqualTo("prose «Ada [[waits.»\nprose «]] Tom /* goes.»"));

    [Test]
    public void Scenes_reach_to_the_next_heading_with_any_line_end()
    {
        foreach (string end in new[] { "\n", "\r\n", "\r" })
        {
            SourceText text = SourceText.From(string.Join(end, "Opening.", "", "INT. A", "", "One.", "", "INT. B", "", "Two."));
            FountainTree tree = FountainParser.Parse(text);

            Assert.That(tree.Scenes.Select(scene => text.Slice(scene.Span)), Is.EqualTo(
                new[] { string.Join(end, "INT. A", "", "One.", "", string.Empty), string.Join(end, "INT. B", "", "Two.") }));
        }
    }

    [Test]
    public void A_script_of_marks_alone_is_read_once()
    {
        foreach (string mark in new[] { "[[", "/*", "[[\n", "(", "@", ".a\n", "A:\n", "#", "~\n", "/* [[", "[[ \n\n" })
        {
            string script = string.Concat(Enumerable.Repeat(mark, 100_000));
            Assert.That(() => FountainParser.Parse(SourceText.From(script)), Throws.Nothing);
        }
    }

    [Test]
    public void Any_soup_of_marks_parses()
    {
        string[] pieces =
        [
            "INT. ", "EXT ", "A - B", " - NIGHT", "#1#", "ADA", "@Tom", "(V.O.)", "^", "[[", "]]", "/*", "*/", "~", ">", "<", "=", "===", "#", "!", ".", "..",
            "\n", "\n\n", "\r\n", "\r", "  ", "\t", "Title: x", ":", "CUT TO:", "words here", "\uFEFF", "é", "\0", "\uD83D",
        ];
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++)
        {
            string script = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            CheckSpans(SourceText.From(script));
        }
    }

    private static void CheckSpans(SourceText text)
    {
        FountainTree tree = FountainParser.Parse(text);
        int end = 0;
        foreach (TextSpan prose in tree.Prose)
        {
            Assert.That(prose.Start >= end && prose.Length > 0 && prose.End <= text.Length, text.Text);
            Assert.That(tree.Comments.Any(comment => comment.Overlaps(prose)), Is.False, text.Text);
            end = prose.End;
        }

        var names = tree.Scenes.SelectMany(scene => new[] { scene.Place, scene.TimeOfDay, scene.Synopsis }.OfType<NameFact>().Concat(scene.Cues));
        foreach (NameFact name in names)
        {
            Assert.That(text.Slice(name.Span), Is.EqualTo(name.Text));
        }

        Assert.That(tree.Scenes.All(scene => scene.Span.Contains(scene.HeadingSpan) && scene.Span.End <= text.Length), text.Text);
        Assert.That(tree.TitlePage.All(title => title.ValueSpan.End <= text.Length && text.Slice(title.KeySpan) == title.Key), text.Text);
        Assert.That(tree.TitlePageSpan.End, Is.LessThanOrEqualTo(text.Length));
    }

    private static FountainTree Parse(string script) => FountainParser.Parse(SourceText.From(script));

    private static string Dump(string script)
    {
        SourceText text = SourceText.From(script.Replace("\r\n", "\n", StringComparison.Ordinal));
        FountainTree tree = FountainParser.Parse(text);
        var lines = new List<string>();
        lines.AddRange(tree.TitlePage.Select(title => $"title {title.Key} = {title.Value.Replace('\n', '⏎')} {Show(text, title.ValueSpan)}"));
        if (tree.TitlePage.Count > 0)
        {
            lines.Add($"page {Show(text, tree.TitlePageSpan)}");
        }

        foreach (FountainScene scene in tree.Scenes)
        {
            var line = new StringBuilder($"scene {scene.Number} {Show(text, scene.HeadingSpan)}");
            Append(line, text, "place", scene.Place);
            Append(line, text, "time", scene.TimeOfDay);
            Append(line, text, "synopsis", scene.Synopsis);
            lines.Add(line.ToString());
            lines.AddRange(scene.Cues.Select(cue => $"  cue {Show(text, cue.Span)}"));
        }

        lines.AddRange(tree.Comments.Select(comment => $"comment {Show(text, comment)}"));
        lines.AddRange(tree.Prose.Select(prose => $"prose {Show(text, prose)}"));
        return string.Join('\n', lines);
    }

    private static void Append(StringBuilder line, SourceText text, string what, NameFact? name)
    {
        if (name is not null)
        {
            line.Append($" {what} {Show(text, name.Span)}");
        }
    }

    private static string Show(SourceText text, TextSpan span) => $"«{text.Slice(span).Replace('\n', '⏎')}»";
}
