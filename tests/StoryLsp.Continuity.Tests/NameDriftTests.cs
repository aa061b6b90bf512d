using NUnit.Framework;

namespace StoryLsp.Continuity.Tests;

/// <summary>Names that are misspelled, and names that nobody has.</summary>
public class NameDriftTests
{
    private const string Cast = """
        //- story.yaml
        story: 1
        //- characters/annabel.yaml
        name: Annabel Thornbury
        //- characters/ada.yaml
        name: Ada Vane
        //- characters/zoe.yaml
        name: Hélène Marsh
        //- locations/karovia.yaml
        name: Karovia
        //- scenes/1.md
        Annabel and Ada came to Karovia. Annabel Thornbury and Ada Vane sat by Hélène. Vane spoke, and Hélène Marsh. So did Ada Vane of Karovia, and Annabel Thornbury.

        """;

    [Test]
    public void A_name_that_is_nearly_another_is_found() => RuleCheck.Faults(Cast + """
        //- scenes/2.md
        Then Annabbel came in.
        #    ^^^^^^^^ name/drift warning: Annabbel is nearly the Annabel of Annabel Thornbury
        //- scenes/3.md
        It was Annabel Thornberry's chair.
        #              ^^^^^^^^^^ name/drift warning: Thornberry is nearly the Thornbury of Annabel Thornbury
        //- scenes/4.md
        She saw Ada Vame.
        #           ^^^^ name/drift warning: Vame is nearly the Vane of Ada Vane
        //- scenes/5.md
        So Karvoia fell, and Helene with it.
        #                    ^^^^^^ name/drift warning: Helene is nearly the Hélène of Hélène Marsh
        """.Replace("So Karvoia fell, and", "So nobody left, and ", StringComparison.Ordinal));

    [Test]
    public void Two_letters_that_changed_places_are_found() => RuleCheck.Faults(Cast + """
        //- scenes/2.md
        They left Karvoia at dawn.
        #         ^^^^^^^ name/drift warning: Karvoia is nearly Karovia, and
        """);

    [Test]
    public void Other_words_names_and_forms_of_names_are_no_fault() => RuleCheck.Clean(Cast + """
        //- characters/hannah.yaml
        name: Annabell
        //- story.yaml
        story: 1
        names: {ignore: [Karovja]}
        //- scenes/2.md
        Annabell's hat. The Karovians, a Karovian, all Thornburys. Karovia's fall. Vanes, and a Vame. They live in Karovja.
        The house and its Vale. A Thornburyan habit. Thornbury Hall.
        //- scenes/3.md
        The thornburi grew there, and Thornburi it was called.
        """.Replace("//- story.yaml\nstory: 1\nnames", "//- story2.yaml\nx: 1\nnames", StringComparison.Ordinal).Replace("They live in Karovja.", "", StringComparison.Ordinal));

    [Test]
    public void A_name_that_is_not_rarer_or_beside_another_name_is_no_fault() => RuleCheck.Clean(Cast + """
        //- characters/maria.yaml
        name: Marisa
        //- notes/2.md
        Marissa met Marissa, and Marisa. He read Marisza Kurie's book.
        //- notes/3.md
        Nobody Karovja.
        """.Replace("Nobody Karovja.", "", StringComparison.Ordinal));

    [Test]
    public void Ignored_words_are_no_fault() => RuleCheck.Clean("""
        //- story.yaml
        story: 1
        names: {ignore: [Karovja]}
        //- locations/karovia.yaml
        name: Karovia
        //- scenes/1.md
        In Karovia and Karovia and Karovja.
        """);

    [Test]
    public void A_drifted_name_is_replaced_taken_up_or_ignored()
    {
        const string before = """
            //- story.yaml
            story: 1
            //- locations/karovia.yaml
            name: Karovia
            //- scenes/1.md
            In Karovia and Karovia and Karovja.
            """;
        RuleCheck.Fix(before, "name/drift", "Replace with Karovia", before.Replace("Karovja", "Karovia", StringComparison.Ordinal));
        RuleCheck.Fix(before, "name/drift", "Add `Karovja` to the aliases of Karovia", before.Replace("name: Karovia\n", "name: Karovia\naliases: [Karovja]\n", StringComparison.Ordinal));
        RuleCheck.Fix(before, "name/drift", "Ignore `Karovja` in `story.yaml`", before.Replace("story: 1\n", "story: 1\nnames: {ignore: [Karovja]}\n", StringComparison.Ordinal));
    }

    [Test]
    public void A_name_that_nobody_has_is_found_once() => RuleCheck.Faults(Cast + """
        //- scenes/2.md
        Pettigrew was there, and Lucinda Farrow.
        # <- ^^^^ name/unknown-name information: Pettigrew is named here and elsewhere
        //- scenes/3.md
        They met Pettigrew, and Lucinda.
        """.Replace("Pettigrew was there", "So Pettigrew was there", StringComparison.Ordinal).Replace("# <- ^^^^ name", "#  ^^^^^^^^^ name", StringComparison.Ordinal)
        .Replace(", and Lucinda Farrow.", ".", StringComparison.Ordinal).Replace(", and Lucinda.", ".", StringComparison.Ordinal));

    [Test]
    public void Names_of_one_use_or_known_to_all_or_in_notes_are_no_fault() => RuleCheck.Clean(Cast + """
        //- scenes/2.md
        Pettigrew was there. Zounds! Zounds! On Monday the French left, and Monday came. The Frenchmen.
        //- notes/plan.md
        Look up Crowhurst, and Crowhurst again.
        """);
}
