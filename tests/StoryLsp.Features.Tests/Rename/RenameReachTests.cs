using NUnit.Framework;
using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Rename;

/// <summary>How far a rename reaches: each kind of place by itself.</summary>
public class RenameReachTests
{
    [Test]
    public void Effects_times_and_new_values_follow_an_id() => AssertRenamed("mill-house", """
        //- story.yaml
        story: 1
        manuscript: [arrival, later]
        //- places/all.yaml
        type: location
        id: old$0-mill
        name: The Works
        //- characters/ada.yaml
        home: old-mill
        progressions: [{from: later, field: home, to: old-mill}]
        //- scenes/arrival.md
        ---
        location: old-mill
        effects: [ada home: old-mill, {destroys: old-mill}, old-mill destroyed]
        ---
        See [[old-mill|the mill]] and [[old-mill#Yard]]. It was an old-mill.
        //- scenes/later.md
        ---
        when: 3 days after arrival
        ---
        Later.
        """, """
        //- characters/ada.yaml
        home: mill-house
        progressions: [{from: later, field: home, to: mill-house}]
        //- places/all.yaml
        type: location
        id: mill-house
        name: The Works
        //- scenes/arrival.md
        ---
        location: mill-house
        effects: [ada home: mill-house, {destroys: mill-house}, mill-house destroyed]
        ---
        See [[mill-house|the mill]] and [[mill-house#Yard]]. It was an old-mill.
        //- scenes/later.md
        ---
        when: 3 days after arrival
        ---
        Later.
        //- story.yaml
        story: 1
        manuscript: [arrival, later]

        """);

    [Test]
    public void What_a_time_is_measured_from_follows_a_scene() => AssertRenamed("the-start", """
        //- story.yaml
        story: 1
        manuscript: [arr$0ival]
        //- scenes/a.md
        ---
        id: arrival
        ---
        One.
        //- scenes/b.md
        ---
        when: "3 days after arrival, 21:30"
        ---
        Two.
        //- scenes/c.md
        ---
        when: {after: arrival, by: P3D}
        ---
        Three.
        """, """
        //- scenes/a.md
        ---
        id: the-start
        ---
        One.
        //- scenes/b.md
        ---
        when: "3 days after the-start, 21:30"
        ---
        Two.
        //- scenes/c.md
        ---
        when: {after: the-start, by: P3D}
        ---
        Three.
        //- story.yaml
        story: 1
        manuscript: [the-start]

        """);

    [Test]
    public void A_heading_takes_the_links_to_it_along() => AssertRenamed("What came after", """
        //- plan.md
        # Plan
        ## Next $0steps
        See [below](#next-steps), [[#Next steps]] and [[plan#Plan#Next Steps|here]].
        //- other.md
        [steps](plan.md#next-steps), [[plan#next steps]], [[plan#Plan]]
        """, """
        //- other.md
        [steps](plan.md#what-came-after), [[plan#what came after]], [[plan#Plan]]
        //- plan.md
        # Plan
        ## What came after
        See [below](#what-came-after), [[#What came after]] and [[plan#Plan#What Came After|here]].

        """, ordered: false);

    [Test]
    public void A_heading_container_is_renamed_with_its_derived_id_and_the_links_to_it() => AssertRenamed("The Departure", """
        //- story.yaml
        story: 1
        manuscript: [the-arrival]
        //- chapters/one.md
        # One
        ## The $0Arrival
        ```story
        when: Day 1
        ```
        She came.
        ## Later
        ```story
        when: 2 days after the-arrival
        ```
        See [[the-arrival]], [[The Arrival]] and [up](#the-arrival).
        """, """
        //- chapters/one.md
        # One
        ## The Departure
        ```story
        when: Day 1
        ```
        She came.
        ## Later
        ```story
        when: 2 days after the-departure
        ```
        See [[the-departure]], [[The Departure]] and [up](#the-departure).
        //- story.yaml
        story: 1
        manuscript: [the-departure]

        """);

    [Test]
    public void Possessives_plurals_and_titles_keep_their_endings_and_texts_of_fields_follow() => AssertRenamed("Eva Moor", """
        //- story.yaml
        story: 1
        //- characters/x.yaml
        name: Ada Va$0ne
        aliases: [Captain Vane, The Ada Vane, the Skipper]
        voice: Ada talks as the Vanes do.   # Ada Vane again
        //- scenes/what-ada-did.md
        ---
        pov: Ada Vane
        synopsis: 'Ada’s hat, and Mrs. Vane''s'
        ---
        Ada’s hat and Ada's, Ada Vane's house, the Vanes, Mrs. Vane. <!-- Ada Vane? -->

        """, """
        //- characters/x.yaml
        name: Eva Moor
        aliases: [Captain Moor, The Eva Moor, the Skipper]
        voice: Eva talks as the Moors do.   # Eva Moor again
        //- scenes/what-ada-did.md
        ---
        pov: Eva Moor
        synopsis: 'Eva’s hat, and Mrs. Moor''s'
        ---
        Eva’s hat and Eva's, Eva Moor's house, the Moors, Mrs. Moor. <!-- Eva Moor? -->

        //- story.yaml
        story: 1

        """);

    [Test]
    public void A_title_that_holds_the_name_waits_with_what_refers_to_it()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            manuscript: [What Ada Did]
            //- characters/x.yaml
            name: Ada V$0ane
            //- scenes/one.md
            ---
            pov: Ada Vane
            ---
            # What Ada Did
            Ada did.

            """);
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "Eva Moor", true, default);
        Assert.That(result.Edits.Select(edit => $"{edit.Path} {edit.Edit.NewText} {edit.Part}"), Is.EqualTo(new[]
        {
            "characters/x.yaml Eva Moor Definition", "scenes/one.md Eva Moor Reference", "scenes/one.md Eva Title", "scenes/one.md Eva ShortMention", "story.yaml What Eva Did Title",
        }));
    }

    [Test]
    public void Cases_of_a_Russian_name_are_guessed_and_left_to_confirmation()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            language: ru
            //- characters/x.yaml
            name: Ан$0на Лебедева
            //- scenes/one.md
            # Сцена
            Он увидел Анну и говорил с Анной о доме Анны Лебедевой.

            """);
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "Мария Орлова", true, default);
        var doubts = result.Edits.Where(edit => edit.Path == "scenes/one.md").ToList();
        Assert.That(doubts.Select(edit => edit.Part), Is.All.EqualTo(RenamePart.Doubtful));
        Assert.That(doubts.Select(edit => edit.Edit.NewText), Is.EqualTo(new[] { "Марию", "Марией", "Марии Орловой" }));
        Assert.That(result.Change.Files.OfType<Index.TextChange>().Single(file => file.Path == "scenes/one.md").Groups, Is.All.Property("NeedsConfirmation").True);
    }

    [Test]
    public void Who_speaks_in_a_script_and_where_follows() => AssertRenamed("Eva Moor", """
        //- story.yaml
        story: 1
        //- characters/x.yaml
        name: Ada V$0ane
        //- radio/play.fountain
        INT. KITCHEN - NIGHT

        Ada Vane washes.

        ADA VANE
        Seventy.

        ADA (V.O.)
        Seventy-one.

        """, """
        //- characters/x.yaml
        name: Eva Moor
        //- radio/play.fountain
        INT. KITCHEN - NIGHT

        Eva Moor washes.

        EVA MOOR
        Seventy.

        EVA (V.O.)
        Seventy-one.

        //- story.yaml
        story: 1

        """);

    [Test]
    public void Every_reference_link_and_mention_is_a_place_to_rename_from()
    {
        var story = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "hollow-creek"));
        var count = 0;
        foreach (var container in story.Snapshot.Containers)
        {
            var places = story.Snapshot.ReferencesTo(container).Select(site => (site.Document.Path, site.Span))
                .Concat(story.Snapshot.Mentions.Of(container).Select(site => (site.Path, Span: site.Mention.NameSpan)));
            foreach (var (path, span) in places)
            {
                if (story.Snapshot.Facts(path)!.Headings.Any(heading => heading.Span.Overlaps(span)))
                {
                    // The name of something else that holds this one.
                    continue;
                }

                count++;
                var target = Renames.Prepare(story.Snapshot, path, span.Start, default);
                var names = container.Fact.Aliases.Select(alias => alias.Text).Append(container.Name).Append(container.Fact.Id).Append(FileSet.StemOf(container.Path));
                Assert.That(target is not null && names.Contains(target.Placeholder), Is.True, $"{path}: {story.Text(path)!.Slice(span)} is {target?.Placeholder}, not {container.Name}");
            }
        }

        Assert.That(count, Is.GreaterThan(800));
    }

    [TestCase("!?", "a letter or a digit")]
    [TestCase("Eva # Moor", "one line")]
    public void A_name_that_nothing_could_refer_to_is_refused(string name, string why)
    {
        var story = FixtureWorkspace.Of("//- characters/ada.md\n# A$0da\n");
        Assert.That(Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, name, true, default).Refusal, Does.Contain(why));
    }

    [Test]
    public void A_container_that_only_has_an_id_is_called_by_it() => AssertRenamed("eva-moor", """
        //- story.yaml
        story: 1
        //- bible/characters.yaml
        characters:
          - id: ada-v$0ane
            born: 1900
        //- scenes/one.md
        ---
        pov: ada-vane
        ---
        Ada Vane came.

        """, """
        //- bible/characters.yaml
        characters:
          - id: eva-moor
            born: 1900
        //- scenes/one.md
        ---
        pov: eva-moor
        ---
        Eva Moor came.

        //- story.yaml
        story: 1

        """);

    [Test]
    public void What_is_spelled_as_the_name_becomes_the_name_as_typed() => AssertRenamed("the Colt", """
        //- story.yaml
        story: 1
        //- things/items.yaml
        items:
          - id: revolver
            name: the re$0volver
        //- scenes/one.md
        # One
        She took the revolver. The revolver was hers. [[the revolver|The revolver]]

        """, """
        //- scenes/one.md
        # One
        She took the Colt. The Colt was hers. [[the Colt|The Colt]]

        //- story.yaml
        story: 1
        //- things/items.yaml
        items:
          - id: revolver
            name: the Colt

        """);

    [Test]
    public void The_titles_of_the_story_and_of_a_script_wait_with_the_other_titles()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            title: The Hollow Creek Affair
            //- places.yaml
            locations:
              - id: village
                name: Hollow C$0reek
            //- mystery/case.yaml
            type: case
            name: The Hollow Creek Affair
            //- radio/teaser.fountain
            Title: The Hollow Creek Affair
            Author: me

            INT. ROOM - DAY

            Wind.

            """);
        var village = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "Stony Brook", true, default);
        Assert.That(village.Edits.Where(edit => edit.Part == RenamePart.Title).Select(edit => edit.Path), Is.EqualTo(new[] { "mystery/case.yaml", "radio/teaser.fountain", "story.yaml" }));
        Assert.That(story.Apply(village.Change).Render(), Does.Not.Contain("Hollow"));
        var name = story.Text("mystery/case.yaml")!.Text.IndexOf("Hollow", StringComparison.Ordinal);
        var affair = Renames.At(story.Snapshot, "mystery/case.yaml", name, "The Weir House Murder", true, default);
        Assert.That(affair.Edits.Select(edit => $"{edit.Path} {edit.Edit.NewText} {edit.Part}"), Is.EqualTo(new[]
        {
            "mystery/case.yaml The Weir House Murder Definition", "radio/teaser.fountain The Weir House Murder Title", "story.yaml The Weir House Murder Title",
        }));
    }

    [Test]
    public void A_page_that_is_linked_by_its_file_is_renamed_there()
    {
        var story = FixtureWorkspace.Of("""
            //- README.md
            [[time$0line]], [[timeline#The week|it]], [page](notes/timeline.md), [[The week]]
            //- notes/timeline.md
            # The week
            One page.

            """);
        Assert.That(Renames.Prepare(story.Snapshot, story.CursorPath, story.CursorOffset, default)?.Placeholder, Is.EqualTo("timeline"));
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "the days", true, default);
        Assert.That(result.Move, Is.EqualTo(("notes/timeline.md", "notes/the days.md")));
        var there = story.Apply(result.Change);
        Assert.That(there.Text("README.md")!.Text.TrimEnd(), Is.EqualTo("[[the days]], [[the days#The week|it]], [page](notes/the%20days.md), [[The week]]"));
        Assert.That(there.Text("notes/the days.md")!.Text, Does.StartWith("# The week"));
        Assert.That(Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "the days", false, default).Refusal, Does.StartWith("timeline is the name of the file notes/timeline.md"));
        Assert.That(Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "a/b", true, default).Refusal, Does.Contain("without these signs"));
        Assert.That(story.Apply(new(FileMoves.Moved(story.Snapshot, [("notes/timeline.md", "plan/the days.md")], default).Files)).Text("README.md")!.Text,
            Does.StartWith("[[the days]], [[the days#The week|it]], [page](plan/the%20days.md), [[The week]]"));
    }

    [Test]
    public void Marks_stay_around_their_words()
    {
        const string text = "*Rose* **Marsh** rose to *Rose Marsh*. The Marshes.\n";
        var story = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n//- characters/rose.yaml\nname: Rose $0Marsh\naliases: [the Marshes]\n//- scenes/one.md\n" + text);
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "Iris Wood", true, default);
        var there = story.Apply(result.Change);
        Assert.That(there.Text("scenes/one.md")!.Text, Is.EqualTo("*Iris* **Wood** rose to *Iris Wood*. The Woods.\n"));
        Assert.That(there.Text("characters/iris.yaml")!.Text, Does.Contain("aliases: [the Woods]"));
        Assert.That(result.Edits.Count(edit => edit is { Part: RenamePart.Doubtful, Path: "scenes/one.md" }), Is.GreaterThanOrEqualTo(1));
        Assert.That(there.Apply(Renames.At(there.Snapshot, "characters/iris.yaml", story.CursorOffset, "Rose Marsh", true, default).Change).Render(), Is.EqualTo(story.Render()));
        var shorter = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "Iris", true, default);
        Assert.That(story.Apply(shorter.Change).Text("scenes/one.md")!.Text, Does.StartWith("*Rose* **Marsh** "));
    }

    [TestCase("Hull & Sons", "hull-sons")]
    [TestCase("O’Neil / Mayer", "o-neil-mayer")]
    public void An_id_comes_back_with_the_name(string name, string id)
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            //- factions.yaml
            factions:
              - name: Tully $0and Bright
                id: tully-and-bright
            //- characters/ada.yaml
            name: Ada
            factions: [tully-and-bright]

            """);
        var there = story.Apply(Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, name, true, default).Change);
        Assert.That(there.Text("characters/ada.yaml")!.Text, Does.Contain($"factions: [{id}]"));
        Assert.That(there.Apply(Renames.At(there.Snapshot, story.CursorPath, story.CursorOffset, "Tully and Bright", true, default).Change).Render(), Is.EqualTo(story.Render()));
    }

    [TestCase("Ada O'Neil", "pov: '[[Ada O''Neil|Ada]]'", "characters: [\"[[Ada O'Neil]]\"]")]
    [TestCase("Ada \"Ace\" Vane", "pov: '[[Ada \"Ace\" Vane|Ada]]'", "characters: [\"[[Ada \\\"Ace\\\" Vane]]\"")]
    public void Links_in_quotes_keep_to_them(string name, string single, string doubled)
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            //- characters/x.yaml
            name: Ada V$0ane
            //- scenes/one.md
            ---
            pov: '[[Ada Vane|Ada]]'
            characters: ["[[Ada Vane]]"]
            ---
            # One

            """);
        var there = story.Apply(Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, name, true, default).Change);
        Assert.That(there.Text("scenes/one.md")!.Text, Does.Contain(single).And.Contain(doubled));
        Assert.That(there.Snapshot.ContainersIn("scenes/one.md")[0].Fact.Fields.Select(field => field.Name), Is.SupersetOf(new[] { "pov", "characters" }));
        Assert.That(there.AllFindings().Select(there.Describe), Is.EqualTo(story.AllFindings().Select(story.Describe)));
        Assert.That(there.Snapshot.ReferencesTo(there.Snapshot.ContainersIn("characters/x.yaml")[0]), Has.Exactly(2).Items);
        Assert.That(there.Apply(Renames.At(there.Snapshot, "scenes/one.md", there.OffsetOf("scenes/one.md", "Ada", 1), "Ada Vane", true, default).Change).Text("scenes/one.md")!.Text, Is.EqualTo(story.Text("scenes/one.md")!.Text));
    }

    [TestCase("Ada \"Ace\" Vane", "synopsis: Ada \"Ace\" Vane leaves the mill.", "title: The Ada \"Ace\" Vane Affair # ours")]
    [TestCase("Vane, Ada", "synopsis: Vane, Ada leaves the mill.", "title: The Vane, Ada Affair # ours")]
    [TestCase("Ada: Vane", "synopsis: \"Ada: Vane leaves the mill.\"", "title: \"The Ada: Vane Affair\" # ours")]
    [TestCase("'Ada' Vane", "synopsis: \"'Ada' Vane leaves the mill.\"", "title: The 'Ada' Vane Affair # ours")]
    public void In_a_text_without_quotes_the_name_is_written_with_them_where_it_must_be(string name, string synopsis, string title)
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            title: The Ada Vane Affair # ours
            //- characters/x.yaml
            name: Ada V$0ane
            //- scenes/one.md
            ---
            synopsis: Ada Vane leaves the mill.
            tags: [Ada Vane in flow, "Ada Vane in quotes"]
            characters: [Ada Vane]
            effects:
              - Ada Vane dies
            description: Ada Vane went
              on, and Ada Vane
              slept.
            ---
            # One
            Ada Vane fell.

            """);
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, name, true, default);
        var there = story.Apply(result.Change);
        var text = there.Text("scenes/one.md")!.Text;
        Assert.That(text, Does.Contain(synopsis + "\n").And.Not.Contain("Ada Vane"));
        Assert.That(there.Text("story.yaml")!.Text, Does.Contain(title));
        Assert.That(there.AllFindings().Select(found => found.Finding.Code), Is.EqualTo(story.AllFindings().Select(found => found.Finding.Code)));
        var one = there.Snapshot.ContainersIn("scenes/one.md")[0].Fact;
        Assert.That(((YamlScalar)one.Field("description")!.Value).Value, Is.EqualTo($"{name} went on, and {name} slept."));
        Assert.That(one.Field("tags")!.Value.AsTexts(), Is.EqualTo(new[] { name + " in flow", name + " in quotes" }));
    }

    [Test]
    public void A_name_that_is_a_word_is_offered_at_the_beginning_of_a_sentence_where_its_owner_is()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            //- characters/rose.yaml
            name: Rose $0Marsh
            //- characters/will.yaml
            name: Will Hart
            //- scenes/one.md
            ---
            pov: Rose Marsh
            ---
            Rose went. Rose rose. Rose the baker said no more. [ref]

            [ref]: https://example.org "Rose Marsh"
            //- scenes/two.md
            Rose petals fell.

            """);
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "Iris Wood", true, default);
        var there = story.Apply(result.Change);
        Assert.That(there.Text("scenes/one.md")!.Text, Does.Contain("\nIris went. Iris rose. Rose the baker").And.Contain("\"Iris Wood\""));
        Assert.That(there.Text("scenes/two.md")!.Text, Is.EqualTo("Rose petals fell.\n"));
        Assert.That(result.Edits.Where(edit => edit.Path == "scenes/one.md" && edit.Part == RenamePart.Doubtful).Select(edit => edit.Edit.NewText), Is.EquivalentTo(new[] { "Iris", "Iris", "Iris Wood" }));
        Assert.That(there.AllFindings().Select(there.Describe), Is.EqualTo(story.AllFindings().Select(story.Describe)));
    }

    private static void AssertRenamed(string name, string before, string after, bool ordered = true)
    {
        var story = FixtureWorkspace.Of(before);
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, name, true, default);
        Assert.That(result.Refusal, Is.Null);
        var there = story.Apply(result.Change);
        Assert.That(ordered ? there.Render() : there.Render().TrimEnd(), Is.EqualTo(ordered ? FixtureWorkspace.Of(after).Render() : after.TrimEnd()));
        Assert.That(there.AllFindings().Select(found => found.Finding.Code), Is.EqualTo(story.AllFindings().Select(found => found.Finding.Code)));
    }
}
