# Proves the conversion of PowerShell objects in a real PowerShell, since the reference library is a stub. Needs no Pester:
#   pwsh -NoProfile -File tests/Pester/Conversion.ps1 -Folder src/DynamoBatch/bin/Debug/net8.0
# Every object goes through the quick way (PowerShell 7's own member list) and through plain enumeration; both must agree.
param([Parameter(Mandatory)][string] $Folder)

$ErrorActionPreference = 'Stop'
$Folder = (Resolve-Path $Folder).Path
$core = [Reflection.Assembly]::LoadFrom("$Folder/DynamoBatch.Core.dll")
$module = [Reflection.Assembly]::LoadFrom("$Folder/DynamoBatch.dll")
$type = $module.GetType('DynamoBatch.Conversion.ObjectEncoder')
$flags = [Reflection.BindingFlags] 'Instance, NonPublic, Public'
$schema = [DynamoBatch.Core.Tables.TableSchema]::new('T', [DynamoBatch.Core.Tables.KeyAttribute]::new('id', 'S'), $null,
    [DynamoBatch.Core.Tables.KeyAttribute[]] @())
$encode = $type.GetMethod('Encode', $flags)
$script:failed = 0
$script:passed = 0

function New-Encoder([bool] $Quick, [string[]] $Exclude, [string] $Route, [bool] $KeyOnly) {
    $routedBy = $null
    if ($Route) { $routedBy = $Route }
    $encoder = $type.GetConstructors($flags)[0].Invoke(@($schema, [DynamoBatch.Core.Items.EncodingOptions]::new(), $Exclude, $routedBy, $KeyOnly))
    if (-not $Quick) { $type.GetField('_members', $flags).SetValue($encoder, $null) }
    # Its arguments go through .NET reflection: PSObject wrappers must arrive as they are.
    , $encoder
}

function Get-Json($Encoder, $InputObject) {
    try { [Text.Encoding]::UTF8.GetString($encode.Invoke($Encoder, [object[]] (, $InputObject)).Json.ToArray()) }
    catch {
        $fault = $_.Exception
        while ($fault.InnerException) { $fault = $fault.InnerException }
        if ($fault -isnot [DynamoBatch.Core.Items.ItemException]) { throw }
        "$($fault.Kind) at '$($fault.Path)'"
    }
}

$quick = New-Encoder $true
$plain = New-Encoder $false

function Test-Conversion([string] $Name, $InputObject, [string] $Expected) {
    $one = Get-Json $quick $InputObject
    $two = Get-Json $plain $InputObject
    $three = Get-Json $quick $InputObject # Enumerating leaves hidden members behind.
    if ($one -ceq $two -and $one -ceq $three -and $one -ceq $Expected) { $script:passed++; return }
    $script:failed++
    Write-Warning "$Name`n  expected $Expected`n  quick    $one`n  plain    $two`n  again    $three"
}

if ($PSVersionTable.PSVersion.Major -ge 7 -and $null -eq $type.GetField('_members', $flags).GetValue($quick)) {
    $script:failed++
    Write-Warning 'The quick way is not available in this PowerShell.'
}

class Person { [string] $id = '1'; [int] $age = 5; hidden [string] $secret = 'x' }
class Broken { [string] $id = '1' }
Update-TypeData -TypeName Broken -MemberType ScriptProperty -MemberName bad -Value { throw 'broken' } -Force

Test-Conversion 'csv row' (@('id,a', '1,x') | ConvertFrom-Csv) '{"id":{"S":"1"},"a":{"S":"x"}}'
Test-Conversion 'row with one property more' ([pscustomobject]@{ id = '1'; a = 'x'; b = 'y' }) '{"id":{"S":"1"},"a":{"S":"x"},"b":{"S":"y"}}'
Test-Conversion 'row with another order' ([pscustomobject]@{ a = 'x'; id = '1' }) '{"a":{"S":"x"},"id":{"S":"1"}}'
Test-Conversion 'row with one property less' ([pscustomobject]@{ id = '1' }) '{"id":{"S":"1"}}'
Test-Conversion 'names in another case' ([pscustomobject]@{ id = '1'; A = 'x' }) '{"id":{"S":"1"},"A":{"S":"x"}}'
Test-Conversion 'key in another case' ([pscustomobject]@{ ID = '1' }) "KeyAttributeMissing at 'id'"
Test-Conversion 'script property' ([pscustomobject]@{ id = '1' } | Add-Member -PassThru ScriptProperty n { 1 + 1 }) '{"id":{"S":"1"},"n":{"N":"2"}}'
Test-Conversion 'alias property' ([pscustomobject]@{ id = '1' } | Add-Member -PassThru AliasProperty other id) '{"id":{"S":"1"},"other":{"S":"1"}}'
Test-Conversion 'method' ([pscustomobject]@{ id = '1' } | Add-Member -PassThru ScriptMethod m { 1 }) '{"id":{"S":"1"}}'
Test-Conversion 'bad script property' ([pscustomobject]@{ id = '1' } | Add-Member -PassThru ScriptProperty n { throw 'x' }) "ValueNotSupported at 'n'"
Test-Conversion 'bad script property of a type' ([Broken]::new()) "ValueNotSupported at 'bad'"
Test-Conversion 'selected' ([pscustomobject]@{ id = '1'; a = 2; b = 3 } | Select-Object id, @{ n = 'c'; e = { 7 } }) '{"id":{"S":"1"},"c":{"N":"7"}}'
Test-Conversion 'class' ([Person]::new()) '{"id":{"S":"1"},"age":{"N":"5"}}'
Test-Conversion 'class with a note' ([Person]::new() | Add-Member -PassThru note 'n') '{"note":{"S":"n"},"id":{"S":"1"},"age":{"N":"5"}}'
Test-Conversion 'hashtable' @{ id = '1' } '{"id":{"S":"1"}}'
Test-Conversion 'ordered' ([ordered]@{ id = '1'; n = 1 }) '{"id":{"S":"1"},"n":{"N":"1"}}'
Test-Conversion 'string with notes' ('1' | Add-Member -PassThru PSPath 'x') '{"id":{"S":"1"}}'
Test-Conversion 'number' 42 '{"id":{"S":"42"}}'
Test-Conversion 'list' @(1, 2) "ValueNotSupported at ''"
Test-Conversion 'script block' { 1 } "ValueNotSupported at ''"
Test-Conversion 'json' ('{"id":"1","a":{"b":[1,2.50,{"c":null}]},"big":123456789012345678901}' | ConvertFrom-Json) (
    '{"id":{"S":"1"},"a":{"M":{"b":{"L":[{"N":"1"},{"N":"2.5"},{"M":{"c":{"NULL":true}}}]}}},"big":{"N":"123456789012345678901"}}')
Test-Conversion 'deserialized' ([Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize([Person]::new()))) (
    '{"id":{"S":"1"},"age":{"N":"5"},"secret":{"S":"x"}}') # PowerShell itself serializes what is hidden.
Test-Conversion 'wrapped at every depth' ([pscustomobject]@{ id = '1'; l = @((Write-Output 'a'), @((Write-Output 1))) }) (
    '{"id":{"S":"1"},"l":{"L":[{"S":"a"},{"L":[{"N":"1"}]}]}}')
Test-Conversion 'wrapped string' ([pscustomobject]@{ id = '1'; s = ('a' | Add-Member -PassThru note 1) }) '{"id":{"S":"1"},"s":{"S":"a"}}'
Test-Conversion 'wrapped bytes' ([pscustomobject]@{ id = '1'; b = [psobject] [byte[]] (1, 2) }) '{"id":{"S":"1"},"b":{"B":"AQI="}}'
Test-Conversion 'set' ([pscustomobject]@{ id = '1'; s = [Collections.Generic.HashSet[string]] @('a', 'b') }) '{"id":{"S":"1"},"s":{"SS":["a","b"]}}'
Test-Conversion 'nothing' ([pscustomobject]@{ id = '1'; n = [Management.Automation.Internal.AutomationNull]::Value }) '{"id":{"S":"1"},"n":{"NULL":true}}'
Test-Conversion 'empty bag' ([pscustomobject]@{ id = '1'; n = [pscustomobject]@{} }) '{"id":{"S":"1"},"n":{"M":{}}}'
Test-Conversion 'script block in a list' ([pscustomobject]@{ id = '1'; n = @(1, { 2 }) }) "ValueNotSupported at 'n[1]'"
Test-Conversion 'credential' ([pscustomobject]@{ id = '1'; n = [pscredential]::Empty }) "ValueNotSupported at 'n'"
Test-Conversion 'secret' ([pscustomobject]@{ id = '1'; n = [securestring]::new() }) "ValueNotSupported at 'n'"
Test-Conversion 'type' ([pscustomobject]@{ id = '1'; n = [int] }) "ValueNotSupported at 'n'"
Test-Conversion 'enum' ([pscustomobject]@{ id = '1'; n = [DayOfWeek]::Friday }) '{"id":{"S":"1"},"n":{"S":"Friday"}}'
$cycle = [pscustomobject]@{ id = '1'; self = $null }; $cycle.self = $cycle
Test-Conversion 'cycle' $cycle "ValueNotSupported at 'self.self'"
$table = [Data.DataTable]::new(); [void] $table.Columns.Add('id'); [void] $table.Columns.Add('n', [int])
Test-Conversion 'data row' $table.Rows.Add('1', 5) '{"id":{"S":"1"},"n":{"N":"5"}}'
Test-Conversion 'changed after it was seen' $cycle.psobject.Copy() "ValueNotSupported at 'self.self'"

# A type's members may change between two rows.
$row = [pscustomobject]@{ id = '1' }
Test-Conversion 'before Update-TypeData' $row '{"id":{"S":"1"}}'
Update-TypeData -TypeName System.Management.Automation.PSCustomObject -MemberType NoteProperty -MemberName extra -Value 'e' -Force
Test-Conversion 'after Update-TypeData' $row '{"id":{"S":"1"},"extra":{"S":"e"}}'
Remove-TypeData -TypeName System.Management.Automation.PSCustomObject
Test-Conversion 'after Remove-TypeData' $row '{"id":{"S":"1"}}'
$row.psobject.TypeNames.Insert(0, 'Mine'); Update-TypeData -TypeName Mine -MemberType ScriptProperty -MemberName more -Value { $this.id + '!' } -Force
Test-Conversion 'type name of its own' $row '{"id":{"S":"1"},"more":{"S":"1!"}}'
$row | Add-Member late 'l'
Test-Conversion 'property added late' $row '{"id":{"S":"1"},"late":{"S":"l"},"more":{"S":"1!"}}'

$quick = New-Encoder $true @('PS*', 'b') 'Table'; $plain = New-Encoder $false @('PS*', 'b') 'Table'
Test-Conversion 'left out and routed' ([pscustomobject]@{ id = '1'; PSComputerName = 'x'; B = 1; table = 'T'; c = 2 }) '{"id":{"S":"1"},"c":{"N":"2"}}'
Test-Conversion 'left out and routed, dictionary' ([ordered]@{ id = '1'; PSComputerName = 'x'; TABLE = 'T'; c = 2 }) '{"id":{"S":"1"},"c":{"N":"2"}}'
$quick = New-Encoder $true @() '' $true; $plain = New-Encoder $false @() '' $true
Test-Conversion 'key only' ([pscustomobject]@{ x = { 1 }; id = '1' }) '{"id":{"S":"1"}}'

# Random rows, each unlike the one before.
$quick = New-Encoder $true; $plain = New-Encoder $false
$seed = Get-Random -Maximum 1000000
$random = [Random]::new($seed)
foreach ($i in 1..2000) {
    $row = [pscustomobject]@{ id = "$i" }
    foreach ($name in 'a', 'B', 'c', 'D', 'e') { if ($random.Next(2)) { $row | Add-Member $name $random.Next(5) } }
    if ($random.Next(4) -eq 0) { $row.psobject.TypeNames.Insert(0, 'Mine') }
    $one = Get-Json $quick $row; $two = Get-Json $plain $row
    if ($one -cne $two) { $script:failed++; Write-Warning "seed $seed, row ${i}: $one / $two" } else { $script:passed++ }
}

"Conversion: $passed passed, $failed failed (seed $seed)"
exit [int] ($failed -gt 0)
