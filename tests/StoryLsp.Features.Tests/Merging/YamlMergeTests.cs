using NUnit.Framework;
using StoryLsp.Features.Merging;

namespace StoryLsp.Features.Tests.Merging;

/// <summary>Merging YAML by containers and fields.</summary>
public class YamlMergeTests
{
    private const string Ada = """
        # Ada, the counting lady.
        type: character
        id: ada
        name: "Ada Vane"   # quoted
        aliases: [Ada, the Captain]

        # Looks.
        hair: black
        eyes: grey
        traits:
          - patient
          - proud

        """;

    [Test]
    public void Two_fields_beside_each_other_are_no_conflict()
    {
        var merged = Merged.Clean("characters/ada.yaml", Ada.Replace("hair: black", "hair: red", StringComparison.Ordinal), Ada, Ada.Replace("eyes: grey", "eyes: green", StringComparison.Ordinal));
        Assert.That(merged, Is.EqualTo(Ada.Replace("hair: black\neyes: grey", "hair: red\neyes: green", StringComparison.Ordinal)));
    }

    [Test]
    public void What_ours_wrote_stays_to_the_letter()
    {
        var ours = Ada.Replace("# quoted", "# in quotes", StringComparison.Ordinal).Replace("  - patient\n  - proud", "- patient\n- 'proud'   # very", StringComparison.Ordinal);
        var merged = Merged.Clean("characters/ada.yaml", ours, Ada, Ada.Replace("grey\n", "grey\nborn: 1901-03-02 # a Saturday\n", StringComparison.Ordinal));
        Assert.That(merged, Is.EqualTo(ours.Replace("grey\n", "grey\nborn: 1901-03-02 # a Saturday\n", StringComparison.Ordinal)));
    }

    [Test]
    public void One_field_that_both_changed_is_a_conflict_of_that_field_alone()
    {
        var result = Merged.Of("characters/ada.yaml",
            Ada.Replace("hair: black", "hair: red", StringComparison.Ordinal).Replace("grey", "green", StringComparison.Ordinal), Ada,
            Ada.Replace("hair: black", "hair: grey", StringComparison.Ordinal).Replace("  - proud", "  - proud\n  - sly", StringComparison.Ordinal))!;
        Assert.That(result.Conflicts, Is.EqualTo(1));
        Assert.That(result.Text, Is.EqualTo(Ada.Replace("grey", "green", StringComparison.Ordinal).Replace("  - proud", "  - proud\n  - sly", StringComparison.Ordinal)
            .Replace("hair: black\n", "<<<<<<< ours\nhair: red\n=======\nhair: grey\n>>>>>>> theirs\n", StringComparison.Ordinal)));
    }

    [Test]
    public void A_conflict_shows_what_both_come_from_where_git_is_told_so_and_has_marks_as_long_as_git_says()
    {
        var result = Merged.Of("characters/ada.yaml", Ada.Replace("black", "red", StringComparison.Ordinal), Ada, Ada.Replace("black", "brown", StringComparison.Ordinal), new ConflictMarks(9, ShowsOrigin: true))!;
        Assert.That(result.Text, Does.Contain("<<<<<<<<< ours\nhair: red\n||||||||| base\nhair: black\n=========\nhair: brown\n>>>>>>>>> theirs\n"));
    }

    [Test]
    public void Both_sides_names_are_in_a_list_whose_order_means_nothing()
    {
        const string scene = "type: scene\npov: ada\ncharacters: [ada, tom]\nthreads:\n  - gun\n  - will\n";
        var merged = Merged.Clean("scenes/1.yaml",
            scene.Replace("[ada, tom]", "[ada, tom, lena]", StringComparison.Ordinal).Replace("  - will\n", "", StringComparison.Ordinal), scene,
            scene.Replace("[ada, tom]", "[ada, bo]", StringComparison.Ordinal).Replace("  - will", "  - will\n  - debt", StringComparison.Ordinal));
        Assert.That(merged, Is.EqualTo("type: scene\npov: ada\ncharacters: [ada, lena, bo]\nthreads:\n  - gun\n  - debt\n"));
    }

    [Test]
    public void Effects_come_in_an_order_so_that_two_at_one_place_are_a_conflict_and_two_at_different_places_are_none()
    {
        const string scene = "type: scene\neffects:\n  - ada takes revolver\n  - tom dies\nstatus: draft\n";
        var apart = Merged.Clean("scenes/1.yaml", scene.Replace("effects:\n", "effects:\n  - lena learns will\n", StringComparison.Ordinal), scene, scene.Replace("tom dies\n", "tom dies\n  - ada loses revolver # gone\n", StringComparison.Ordinal));
        Assert.That(apart, Is.EqualTo("type: scene\neffects:\n  - lena learns will\n  - ada takes revolver\n  - tom dies\n  - ada loses revolver # gone\nstatus: draft\n"));
        var here = Merged.Of("scenes/1.yaml", scene.Replace("tom dies\n", "tom dies\n  - ada loses revolver\n", StringComparison.Ordinal), scene, scene.Replace("tom dies\n", "tom dies\n  - tom revives\n", StringComparison.Ordinal))!;
        Assert.That(here.Text, Is.EqualTo("type: scene\neffects:\n  - ada takes revolver\n  - tom dies\n<<<<<<< ours\n  - ada loses revolver\n=======\n  - tom revives\n>>>>>>> theirs\nstatus: draft\n"));
    }

    [Test]
    public void Two_people_each_put_a_character_at_the_end_of_the_cast()
    {
        const string cast = "characters:\n  - id: ada\n    name: Ada Vane\n  - id: tom\n    name: Tom Reed\n";
        var merged = Merged.Clean("cast.yaml", cast.Replace("Ada Vane", "Ada Weir", StringComparison.Ordinal) + "  - id: lena\n    name: Lena\n", cast, cast.Replace("Ada Vane\n", "Ada Vane\n    hair: red\n", StringComparison.Ordinal) + "  # He is new.\n  - id: bo\n    name: Bo\n");
        Assert.That(merged, Is.EqualTo("characters:\n  - id: ada\n    name: Ada Weir\n    hair: red\n  - id: tom\n    name: Tom Reed\n  - id: lena\n    name: Lena\n  # He is new.\n  - id: bo\n    name: Bo\n"));
    }

    [Test]
    public void Several_documents_of_a_file_are_known_by_their_ids()
    {
        const string file = "type: item\nid: gun\nowner: ada\n---\ntype: item\nid: will\nowner: tom\n";
        var merged = Merged.Clean("items.yaml", "type: item\nid: gun\nowner: lena\n---\ntype: item\nid: will\nowner: tom\n---\ntype: item\nid: key\n", file, "type: item\nid: gun\nowner: ada\n---\ntype: item\nid: rope\n---\ntype: item\nid: will\nowner: bo\n");
        Assert.That(merged, Is.EqualTo("type: item\nid: gun\nowner: lena\n---\ntype: item\nid: rope\n---\ntype: item\nid: will\nowner: bo\n---\ntype: item\nid: key\n"));
    }

    [Test]
    public void A_container_that_one_side_gave_another_id_is_the_same_to_the_other()
    {
        const string cast = "characters:\n  - id: ada\n    name: Ada Vane\n    hair: black\n  - id: tom\n    name: Tom Reed\n    hair: grey\n";
        Assert.That(Merged.Clean("cast.yaml", cast.Replace("id: ada", "id: ada-vane", StringComparison.Ordinal), cast, cast.Replace("hair: black", "hair: red", StringComparison.Ordinal)),
            Is.EqualTo(cast.Replace("id: ada", "id: ada-vane", StringComparison.Ordinal).Replace("hair: black", "hair: red", StringComparison.Ordinal)));
        Assert.That(Merged.Of("cast.yaml", cast.Replace("id: ada", "id: ada-vane", StringComparison.Ordinal), cast, cast.Replace("id: ada", "id: miss-vane", StringComparison.Ordinal))!.Text,
            Does.Contain("<<<<<<< ours\n  - id: ada-vane\n=======\n  - id: miss-vane\n>>>>>>> theirs\n    name: Ada Vane\n"));
        const string items = "type: item\nid: gun\nname: the gun\nowner: ada\n---\ntype: item\nid: will\nname: the will\nowner: tom\n";
        Assert.That(Merged.Clean("items.yaml", items.Replace("id: will", "id: last-will", StringComparison.Ordinal), items, "type: item\nid: rope\n---\n" + items.Replace("owner: tom", "owner: lena", StringComparison.Ordinal)),
            Is.EqualTo("type: item\nid: rope\n---\n" + items.Replace("id: will", "id: last-will", StringComparison.Ordinal).Replace("owner: tom", "owner: lena", StringComparison.Ordinal)));
    }

    [Test]
    public void What_one_took_out_and_the_other_changed_is_a_conflict()
    {
        var result = Merged.Of("characters/ada.yaml", Ada.Replace("hair: black\n", "", StringComparison.Ordinal), Ada, Ada.Replace("hair: black", "hair: white", StringComparison.Ordinal))!;
        Assert.That(result.Text, Does.Contain("<<<<<<< ours\n=======\nhair: white\n>>>>>>> theirs\n\n# Looks.\neyes: grey\n"));
    }

    [Test]
    public void What_one_took_out_and_the_other_left_is_gone_with_its_comment()
    {
        var theirs = Ada.Replace("# Looks.\nhair: black\n", "", StringComparison.Ordinal);
        Assert.That(Merged.Clean("characters/ada.yaml", Ada.Replace("proud", "loud", StringComparison.Ordinal), Ada, theirs), Is.EqualTo(theirs.Replace("proud", "loud", StringComparison.Ordinal)));
    }

    [Test]
    public void A_value_and_the_comment_behind_it_are_two_things()
    {
        const string scene = "type: scene\npov: ada # hers\n";
        Assert.That(Merged.Clean("s.yaml", "type: scene\npov: tom # hers\n", scene, "type: scene\npov: ada # or his\n"), Is.EqualTo("type: scene\npov: tom # or his\n"));
    }

    [Test]
    public void Comments_that_both_wrote_above_a_field_both_stand()
    {
        var merged = Merged.Clean("characters/ada.yaml", Ada.Replace("# Looks.", "# Looks, for now.", StringComparison.Ordinal), Ada, Ada.Replace("# Looks.\n", "# Looks.\n# Ask Lena.\n", StringComparison.Ordinal));
        Assert.That(merged, Does.Contain("# Looks, for now.\n# Ask Lena.\nhair: black\n"));
    }

    [Test]
    public void A_list_that_ours_laid_out_in_lines_takes_what_theirs_put_in_brackets()
    {
        const string scene = "type: scene\ncharacters: [ada, tom]\n";
        Assert.That(Merged.Clean("s.yaml", "type: scene\ncharacters:\n  - ada\n  - tom\n  - lena\n", scene, "type: scene\ncharacters: [ada, tom, bo]\n"), Is.EqualTo("type: scene\ncharacters:\n  - ada\n  - tom\n  - lena\n  - bo\n"));
        Assert.That(Merged.Clean("s.yaml", "type: scene\ncharacters: [ada, tom, bo]\n", scene, "type: scene\ncharacters:\n  - ada\n  - tom\n  - lena\n"), Is.EqualTo("type: scene\ncharacters: [ada, tom, bo, lena]\n"));
    }

    [Test]
    public void Other_indentation_and_other_line_ends_are_no_change()
    {
        const string place = "type: location\r\nroutes:\r\n    - to: mill\r\n      time: PT5H\r\n";
        var theirs = "type: location\nroutes:\n- to: mill\n  time: PT6H\n- to: inn\n  time: |\n    PT1H\n";
        Assert.That(Merged.Clean("p.yaml", place.Replace("to: mill\r\n", "to: mill\r\n      mode: foot\r\n", StringComparison.Ordinal), place, theirs),
            Is.EqualTo("type: location\r\nroutes:\r\n    - to: mill\r\n      mode: foot\r\n      time: PT6H\r\n    - to: inn\r\n      time: |\r\n        PT1H\r\n"));
    }

    [Test]
    public void Paragraphs_of_a_long_text_are_merged_as_prose()
    {
        const string scene = "type: scene\nsynopsis: |\n  Ada comes.\n\n  She counts.\n\n  Tom goes.\nstatus: draft\n";
        Assert.That(Merged.Clean("s.yaml", scene.Replace("Ada comes", "Ada arrives", StringComparison.Ordinal), scene, scene.Replace("Tom goes", "Tom leaves", StringComparison.Ordinal)),
            Is.EqualTo(scene.Replace("Ada comes", "Ada arrives", StringComparison.Ordinal).Replace("Tom goes", "Tom leaves", StringComparison.Ordinal)));
        var conflict = Merged.Of("s.yaml", scene.Replace("Ada comes", "Ada arrives", StringComparison.Ordinal), scene, scene.Replace("Ada comes", "Ada runs", StringComparison.Ordinal))!;
        Assert.That(conflict.Text, Does.StartWith("type: scene\n<<<<<<< ours\nsynopsis: |\n  Ada arrives.\n").And.EndWith("  Tom goes.\n>>>>>>> theirs\nstatus: draft\n"));
    }

    [Test]
    public void Both_made_the_file()
    {
        Assert.That(Merged.Clean("s.yaml", "type: scene\npov: ada\n", "", "type: scene\nlocation: mill\n"), Is.EqualTo("type: scene\npov: ada\nlocation: mill\n"));
        Assert.That(Merged.Of("s.yaml", "type: scene\npov: ada\n", "", "type: scene\npov: tom\n")!.Text, Is.EqualTo("type: scene\n<<<<<<< ours\npov: ada\n=======\npov: tom\n>>>>>>> theirs\n"));
    }

    [TestCase("type: scene\npov: [ada\n")]
    [TestCase("type: scene\npov: ada\npov: tom\n")]
    [TestCase("- &a\n  x: 1\n- *b\n")]
    public void What_cannot_be_read_is_left_to_lines(string broken)
    {
        const string scene = "type: scene\npov: ada\n";
        Assert.That(Merged.Of("s.yaml", broken, scene, scene + "location: mill\n"), Is.Null);
        Assert.That(Merged.Of("s.yaml", scene + "location: mill\n", scene, broken), Is.Null);
    }

    [Test]
    public void The_first_key_behind_a_dash_gives_way()
    {
        const string cast = "characters:\n  - id: ada\n    name: Ada\n";
        Assert.That(Merged.Clean("cast.yaml", cast.Replace("name: Ada", "name: Ada Vane", StringComparison.Ordinal), cast, "characters:\n  - type: character\n    id: ada\n    name: Ada\n"),
            Is.EqualTo("characters:\n  - type: character\n    id: ada\n    name: Ada Vane\n"));
        Assert.That(Merged.Of("cast.yaml", "characters:\n  - name: Ada Vane\n    id: ada\n", "characters:\n  - name: Ada\n    id: ada\n", "characters:\n  - name: Ada Weir\n    id: ada\n")!.Text,
            Is.EqualTo("characters:\n<<<<<<< ours\n  - name: Ada Vane\n=======\n  - name: Ada Weir\n>>>>>>> theirs\n    id: ada\n"));
    }

    [Test]
    public void Mappings_in_brackets_are_merged_by_their_keys()
    {
        const string item = "type: character\nmatching: {ignore: [may], case_sensitive: true}\n";
        Assert.That(Merged.Clean("c.yaml", item.Replace("[may]", "[may, rose]", StringComparison.Ordinal), item, item.Replace("true}", "false}", StringComparison.Ordinal)),
            Is.EqualTo("type: character\nmatching: {ignore: [may, rose], case_sensitive: false}\n"));
        Assert.That(Merged.Of("c.yaml", item.Replace("true", "yes", StringComparison.Ordinal), item, item.Replace("true}", "false}", StringComparison.Ordinal))!.Text,
            Is.EqualTo("type: character\n<<<<<<< ours\nmatching: {ignore: [may], case_sensitive: yes}\n=======\nmatching: {ignore: [may], case_sensitive: false}\n>>>>>>> theirs\n"));
    }

    [Test]
    public void Documents_without_ids_are_known_by_their_names_and_never_by_their_place()
    {
        const string file = "type: item\nname: Gun\nstatus: draft\n---\ntype: item\nname: Will\nstatus: draft\n";
        const string rope = "type: item\nname: Rope\nstatus: draft\n---\n";
        var ours = file.Replace("name: Gun\nstatus: draft", "name: Gun\nstatus: done", StringComparison.Ordinal);
        Assert.That(Merged.Clean("items.yaml", ours, file, rope + file), Is.EqualTo(rope + ours));
        Assert.That(Merged.Clean("items.yaml", rope + file, file, ours), Is.EqualTo(rope + ours));
    }

    [Test]
    public void Documents_that_nothing_names_are_left_to_lines_where_there_are_several()
    {
        const string file = "type: item\nstatus: draft\n---\ntype: item\nname: Will\n";
        Assert.That(Merged.Of("items.yaml", file.Replace("draft", "done", StringComparison.Ordinal), file, "type: item\nstatus: draft\n---\n" + file), Is.Null);
        const string scene = "type: scene\nstatus: draft\n";
        Assert.That(Merged.Of("items.yaml", scene.Replace("draft", "done", StringComparison.Ordinal), scene, "type: scene\nstatus: draft\npov: ada\n---\n" + scene), Is.Null);
    }

    [Test]
    public void Somebody_else_with_the_same_type_and_state_is_no_new_id_of_the_one_before()
    {
        const string cast = "characters:\n  - id: guard-1\n    type: character\n    faction: watch\n    status: draft\n  - id: tom\n    faction: mill\n";
        var result = Merged.Of("cast.yaml", cast.Replace("guard-1", "mara", StringComparison.Ordinal), cast, cast.Replace("id: guard-1", "id: guard-1\n    name: Old Tom", StringComparison.Ordinal))!;
        Assert.That(result.Conflicts, Is.EqualTo(1), result.Text);
        Assert.That(result.Text, Does.Match("(?s)<<<<<<< ours.*guard-1\n    name: Old Tom.*>>>>>>> theirs").And.Contain("  - id: mara\n    type: character\n"));
        Assert.That(result.Text, Does.Not.Contain("mara\n    name"));
    }

    [TestCase("characters:\n  - id: ada\n    hair: red\n    eyes: grey\n  - id: tom\n")]
    [TestCase("type: note\nada: red\ntom: grey\n")]
    public void What_both_gave_another_name_is_not_there_twice(string file)
    {
        var (ours, theirs) = (file.Replace("ada", "adele", StringComparison.Ordinal), file.Replace("ada", "adam", StringComparison.Ordinal));
        var result = Merged.Of("cast.yaml", ours, file, theirs);
        Assert.That(result is null || result.Conflicts > 0, result?.Text);
        Assert.That(Merged.ByGit(ours, file, theirs).Conflicts, Is.EqualTo(1));
    }

    [Test]
    public void Items_known_by_numbers_that_one_side_gave_anew_are_not_merged_by_them()
    {
        const string chapters = "chapters:\n  - number: 1\n    status: draft\n    pov: ada\n  - number: 2\n    status: draft\n    pov: tom\n";
        const string theirs = "chapters:\n  - number: 1\n    status: draft\n    pov: lena\n  - number: 2\n    status: draft\n    pov: ada\n  - number: 3\n    status: draft\n    pov: tom\n";
        var result = Merged.Of("c.yaml", chapters.Replace("status: draft\n    pov: tom", "status: done\n    pov: tom", StringComparison.Ordinal), chapters, theirs);
        Assert.That(result is null || result.Conflicts > 0 || result.Text.Contains("number: 3\n    status: done", StringComparison.Ordinal), result?.Text);
    }

    [Test]
    public void Separators_that_are_no_line_ends_stay_to_the_letter()
    {
        const string item = "type: item\nname: One\u2028two\u0085\u2029three\nowner: ada\nstatus: draft\n";
        Assert.That(Merged.Clean("i.yaml", item.Replace("ada", "lena", StringComparison.Ordinal), item, item.Replace("draft", "done", StringComparison.Ordinal)),
            Is.EqualTo(item.Replace("ada", "lena", StringComparison.Ordinal).Replace("draft", "done", StringComparison.Ordinal)));
        var theirs = item.Replace("draft", "done", StringComparison.Ordinal) + "note: a\u2028b\u000Cc\n";
        Assert.That(Merged.Clean("i.yaml", item.Replace("ada", "lena", StringComparison.Ordinal), item, theirs), Does.EndWith("note: a\u2028b\u000Cc\n"));
    }

    [Test]
    public void A_carriage_return_alone_is_left_to_lines()
    {
        const string item = "type: item\nowner: ada\nstatus: draft\n";
        Assert.That(Merged.Of("i.yaml", item.Replace("ada", "lena", StringComparison.Ordinal), item, item + "note: a\rb: c\n"), Is.Null);
    }

    [Test]
    public void Names_for_values_may_mean_another_one_afterwards_so_that_lines_merge_them()
    {
        const string item = "type: item\none: red\ntwo: grey\n";
        Assert.That(Merged.Of("i.yaml", item.Replace("one: red", "one: &x red", StringComparison.Ordinal) + "coat: *x\n", item, item.Replace("two: grey", "two: &x grey", StringComparison.Ordinal)), Is.Null);
    }
}
