# A DynamoDB number that no other type holds, in PowerShell's hands.
BeforeAll {
    Set-StrictMode -Version Latest
    Import-Module "$PSScriptRoot/DynamoBatch.TestHelpers.psm1"
    Import-Module (Get-ModulePath)
    $five = [DynamoBatch.Output.DdbNumber]5
    $half = [DynamoBatch.Output.DdbNumber]'2.50'
    $huge = [DynamoBatch.Output.DdbNumber]'12345678901234567890123456789012345678'
    $tiny = [DynamoBatch.Output.DdbNumber]'1E-130'
}

Describe 'DdbNumber' {
    It 'equals <_>, on either side' -ForEach 5, 5L, 5.0, 5d, ([bigint]5), '5' {
        $five -eq $_ | Should -BeTrue
        $_ -eq $five | Should -BeTrue
        $huge -eq $_ | Should -BeFalse
        $_ -eq $huge | Should -BeFalse
        $five -in @($_) | Should -BeTrue
    }

    It 'does not equal what it would be rounded to' {
        2 -eq $half | Should -BeFalse
        $half -eq 2 | Should -BeFalse
        [decimal]0 -eq $tiny | Should -BeFalse
        $five -eq $null | Should -BeFalse
        $five -eq 'five' | Should -BeFalse
    }

    It 'has an order with <_>' -ForEach 6, 6L, 6.5, 6.5d, '10' {
        $five -lt $_ | Should -BeTrue
        $huge -gt $_ | Should -BeTrue
        $five -ge $_ | Should -BeFalse
    }

    It 'has an order with <_> on the left' -ForEach 6, 6L, 6.5, 6.5d {
        $_ -le $five | Should -BeFalse
    }

    It 'sorts by value' {
        $sorted = @($huge, $five, $tiny, $half, [DynamoBatch.Output.DdbNumber]'-1') | Sort-Object
        $sorted.Text | Should -Be '-1', $tiny.Text, '2.5', '5', $huge.Text
    }

    It 'converts where nothing is lost' {
        [int]$five | Should -Be 5
        [long]$five | Should -Be 5
        [decimal]$half | Should -Be 2.5d
        [double]$tiny | Should -Be 1e-130
        [bigint]$huge | Should -Be ([bigint]::Parse('12345678901234567890123456789012345678'))
        [string]$huge | Should -Be '12345678901234567890123456789012345678'
        "$half" | Should -Be '2.5'
    }

    It 'refuses to convert where something would be' {
        { [int]$half } | Should -Throw '*without loss*'
        { [long]$huge } | Should -Throw '*without loss*'
        { [decimal]$huge } | Should -Throw '*without loss*'
        { [decimal]$tiny } | Should -Throw '*without loss*'
        { [bigint]$half } | Should -Throw '*without loss*'
    }

    It 'is made of numbers and text: <Value>' -ForEach @(
        @{ Value = 5; Text = '5' }, @{ Value = 0.1; Text = '0.1' }, @{ Value = 1e20; Text = '100000000000000000000' }, @{ Value = 1.50d; Text = '1.5' }
        @{ Value = [bigint]::Pow(10, 37); Text = '1' + '0' * 37 }, @{ Value = '1E+3'; Text = '1000' }
    ) {
        ([DynamoBatch.Output.DdbNumber]$Value).Text | Should -BeExactly $Text
    }

    It 'refuses what DynamoDB would: <_>' -ForEach 'five', '', '1e126', '123456789012345678901234567890123456789', ([double]::NaN), 1e300 {
        { [DynamoBatch.Output.DdbNumber]$_ } | Should -Throw
    }

    It 'prints its text' {
        ($huge | Out-String).Trim() | Should -Be '12345678901234567890123456789012345678'
        ($huge | ConvertTo-Json -Compress) | Should -Match '12345678901234567890123456789012345678'
        ([pscustomobject]@{ n = $huge } | ConvertTo-Csv)[1] | Should -Be '"12345678901234567890123456789012345678"'
    }
}
